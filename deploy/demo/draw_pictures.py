"""Draw the demo's pictures into a directory: `python -m deploy.demo.draw_pictures DIR`.

For each key: `<key>.jpg`, the original, and `<key>-480.webp` and `<key>-960.webp`. Needs no
Django. Files already drawn with the same version are left alone.
"""

import argparse
import time
from pathlib import Path

from PIL import Image

from deploy.demo.pictures import DRAWING_VERSION, all_keys, draw

WIDTHS = (960, 480)
VERSION_FILE = "drawing-version.txt"


def draw_all(directory: Path, say=print) -> int:
    """Draw what is missing; returns how many were drawn."""
    directory.mkdir(parents=True, exist_ok=True)
    _forget_old_versions(directory)
    missing = [key for key in all_keys() if not _is_drawn(directory, key)]
    started = time.monotonic()
    for place, key in enumerate(missing, start=1):
        save(directory, key)
        if place % 10 == 0 or place == len(missing):
            say(f"pictures: {place} of {len(missing)} drawn, {time.monotonic() - started:.0f} s")
    return len(missing)


def save(directory: Path, key: str) -> None:
    """Write one picture in its sizes; the original comes last, as the sign that all are there."""
    picture = draw(key)
    smaller = picture
    for width in WIDTHS:
        height = round(picture.height * width / picture.width)
        smaller = smaller.resize((width, height), Image.Resampling.HAMMING)
        smaller.save(directory / f"{key}-{width}.webp", quality=80, method=2)
    half_done = directory / f"{key}.part"
    picture.save(half_done, "JPEG", quality=88, optimize=False)
    half_done.replace(directory / f"{key}.jpg")


def _is_drawn(directory: Path, key: str) -> bool:
    return (directory / f"{key}.jpg").exists()


def _forget_old_versions(directory: Path) -> None:
    """Remove pictures of another drawing version, and note the present one."""
    note = directory / VERSION_FILE
    if note.exists() and note.read_text() == str(DRAWING_VERSION):
        return
    for key in all_keys():
        (directory / f"{key}.jpg").unlink(missing_ok=True)
    note.write_text(str(DRAWING_VERSION))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    drawn = draw_all(parser.parse_args().directory)
    print(f"pictures: {drawn} drawn, {len(all_keys())} in all")


if __name__ == "__main__":
    main()
