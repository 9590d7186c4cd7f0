"""Draw the demo's pictures into a media folder: `python -m deploy.demo.draw_pictures MEDIA`.

For each key: `demo/<key>.jpg`, the original, and its renditions 480 and 960 wide, under the names
that `marketplace.core.pictures` gives them. Needs no Django, so that it can run beside the
migrations. Files already drawn with the same version are left alone.
"""

import argparse
import time
from pathlib import Path

from PIL import Image

from deploy.demo.pictures import DRAWING_VERSION, all_keys, draw

WIDTHS = (960, 480)
FOLDER = "demo"
RENDITIONS = "renditions/demo"
VERSION_FILE = "drawing-version.txt"


def draw_all(media: Path, say=print) -> int:
    """Draw what is missing; returns how many were drawn."""
    for folder in (FOLDER, RENDITIONS):
        (media / folder).mkdir(parents=True, exist_ok=True)
    _forget_old_versions(media / FOLDER)
    missing = [key for key in all_keys() if not (media / FOLDER / f"{key}.jpg").exists()]
    started = time.monotonic()
    for place, key in enumerate(missing, start=1):
        save(media, key)
        if place % 10 == 0 or place == len(missing):
            say(f"pictures: {place} of {len(missing)} drawn, {time.monotonic() - started:.0f} s")
    return len(missing)


def save(media: Path, key: str) -> None:
    """Write one picture in its sizes; the original comes last, as the sign that all are there."""
    picture = draw(key)
    smaller = picture
    for width in WIDTHS:
        height = round(picture.height * width / picture.width)
        smaller = smaller.resize((width, height), Image.Resampling.HAMMING)
        smaller.save(media / RENDITIONS / f"{key}.jpg.{width}.webp", quality=80, method=2)
    half_done = media / FOLDER / f"{key}.part"
    picture.save(half_done, "JPEG", quality=88, optimize=False)
    half_done.replace(media / FOLDER / f"{key}.jpg")


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
    parser.add_argument("media", type=Path)
    drawn = draw_all(parser.parse_args().media)
    print(f"pictures: {drawn} drawn, {len(all_keys())} in all")


if __name__ == "__main__":
    main()
