"""The child process in which a stranger's picture is decoded: `python -m …photo_cleaner`.

Reads the picture from standard input and writes one line of JSON and then a JPEG, or a line that
says why not. A decoder that is tricked can use up only what `_limit` leaves it, and only this
process. `core.photos` starts it and is the one caller. Needs no settings and no database.
"""

import json
import resource
import struct
import sys
import warnings
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO

import pillow_heif
from PIL import (
    AvifImagePlugin,
    ExifTags,
    Image,
    ImageCms,
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401  makes its format known
)

from marketplace.core.photo_remarks import remarks_of

MEMORY_BYTES = 430 * 2**20
"""Addresses, of which 40 MiB are never touched: so less than 400 MiB of memory."""
CPU_SECONDS = 4
"""The worst of phones, 48 million pixels as HEIC, takes 2.2 s."""
OUTPUT_BYTES = 8 * 2**20

LONG_SIDE_PX = 2_048
QUALITY = 88
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
MOST_PIXELS = 50_000_000
MOST_PIXELS_WEBP = 20_000_000
"""libwebp holds three pictures in memory. No camera writes WebP."""
MOST_TIMES_LONGER = 8
"""Long side to short side; a phone's panorama has 4.5."""

_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
_ORIENTATION = ExifTags.Base.Orientation
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN_EXIF = (SyntaxError, ValueError, LookupError, TypeError, OSError, struct.error)


class Reason(StrEnum):
    """Why a picture is refused; `core.photos` has the sentences."""

    EMPTY = "empty"
    HEAVY = "heavy"
    FORMAT = "format"
    DAMAGED = "damaged"
    PIXELS = "pixels"
    SHAPE = "shape"
    FRAMES = "frames"
    COST = "cost"
    BUSY = "busy"


class Refused(Exception):
    def __init__(self, reason: Reason, most: int = 0) -> None:
        self.reason, self.most = reason, most
        super().__init__(reason)


def clean(content: BinaryIO, quarter_turns: int = 0) -> tuple[dict, bytes]:
    """Return facts and a JPEG of its pixels alone: upright, sRGB, at most 2,048 px long.

    Raises Refused, MemoryError, and whatever a decoder raises for a damaged picture.
    """
    image = _opened(content)
    long_side = max(image.size)
    small = _reduced(image)
    upright = _upright(_in_srgb(small, image.info.get("icc_profile")), _orientation(image))
    for _turn in range(quarter_turns):
        upright = upright.transpose(Image.Transpose.ROTATE_270)
    target = BytesIO()
    upright.save(target, "JPEG", quality=QUALITY, progressive=True)
    facts = {"width": upright.width, "height": upright.height}
    return facts | {"remarks": remarks_of(upright, long_side)}, target.getvalue()


def _opened(content: BinaryIO) -> Image.Image:
    """Read the head of the picture and refuse what its head forbids; nothing is decoded."""
    head = content.read(12)
    content.seek(0)
    most = MOST_PIXELS_WEBP if head[8:] == b"WEBP" else MOST_PIXELS
    Image.MAX_IMAGE_PIXELS = most // 2  # Pillow warns from here on and refuses twice as many
    try:
        image = Image.open(content, formats=FORMATS)
    except Image.DecompressionBombError:
        raise Refused(Reason.PIXELS, most) from None
    except UnidentifiedImageError:
        raise Refused(Reason.DAMAGED if _is_familiar(head) else Reason.FORMAT) from None
    if max(image.size) > MOST_TIMES_LONGER * min(image.size):
        raise Refused(Reason.SHAPE)
    # Phones put a second view or a map of brightness behind a JPEG ("MPO"): the first is meant.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Refused(Reason.FRAMES)
    return image


def _is_familiar(head: bytes) -> bool:
    is_webp = head[:4] == b"RIFF" and head[8:] == b"WEBP"
    is_heif = head[4:8] == b"ftyp" and head[8:] in _BRANDS
    return head.startswith(_BEGINNINGS) or is_webp or is_heif


def _reduced(image: Image.Image) -> Image.Image:
    """Decode, at once to a smaller size where the format allows; colours are made afterwards."""
    image.draft(None, (LONG_SIDE_PX, LONG_SIDE_PX))
    small = image
    if image.mode.startswith("I"):  # 16 bits a pixel
        small = image.point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode == "1":
        small = image.convert("L")
    elif image.mode == "P":
        small = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif "transparency" in image.info:  # one colour stands for nothing
        small = image.convert("RGBA")
    small.thumbnail((LONG_SIDE_PX, LONG_SIDE_PX), reducing_gap=2.0)
    small.load()
    return small


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture on white that has pixels and nothing else."""
    if "A" in image.mode:
        image = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    image = _by_profile(image, profile) if profile else image.convert("RGB")
    image.info.clear()  # Pillow would write the comment of a JPEG into the next one
    return image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        return ImageCms.profileToProfile(
            image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert("RGB")  # a profile of nonsense, or of other colours


def _orientation(image: Image.Image) -> int:
    try:
        return image.getexif().get(_ORIENTATION, 1)
    except _BROKEN_EXIF:
        return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _limit() -> None:
    """Give up what is not needed; a limit can never be raised again."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(kind, (most, most))


def _load_decoders() -> None:
    """Ready the decoders, with one thread: each reserves memory, and CPU is limited anyway."""
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False)
    pillow_heif.options.DEPTH_IMAGES = pillow_heif.options.AUX_IMAGES = False


def _answer(quarter_turns: int) -> tuple[dict, bytes]:
    try:
        with open(0, "rb", closefd=False) as content:
            return clean(content, quarter_turns)
    except Refused as refused:
        return {"refused": refused.reason, "most": refused.most}, b""
    except MemoryError:
        return {"refused": Reason.COST, "most": 0}, b""


def main() -> None:
    warnings.simplefilter("ignore")
    _load_decoders()
    _limit()
    facts, content = _answer(int(sys.argv[1]))
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
