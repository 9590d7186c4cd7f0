"""Pictures that do harm, made on the spot: name of the case -> (reason of the refusal, bytes)."""

import gzip
import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pillow_heif
from PIL import Image

from marketplace.core.photo_cleaner import Reason

pillow_heif.register_heif_opener()

SCRIPT = b"<html><script>alert('canary')</script></html>"
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def picture(size=(64, 48), mode="RGB") -> Image.Image:
    """A gradient that is different in every corner."""
    return Image.linear_gradient("L").resize(size).convert(mode)


@cache
def encoded(kind: str, size=(64, 48), mode="RGB", **options) -> bytes:
    target = BytesIO()
    picture(size, mode).save(target, kind, **options)
    return target.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png(
    width: int, height: int, *, bits=8, colour=0, rows: bytes = b"", before: bytes = b""
) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return PNG_HEAD + head + before + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zeros(count: int) -> bytes:
    """A deflated stream of so many zero bytes, made without holding them."""
    deflate, block = zlib.compressobj(9), bytes(1 << 20)
    parts = [deflate.compress(block) for _ in range(count >> 20)]
    return b"".join([*parts, deflate.compress(bytes(count % (1 << 20))), deflate.flush()])


def one_bit_bomb() -> bytes:
    return png(13_000, 13_000, bits=1, rows=zeros(13_000 * 1_626))


def memory_bomb() -> bytes:
    """49 million pixels with transparency: within the limit, and 200 MB once decoded."""
    return png(7_000, 7_000, colour=6, rows=zeros(7_000 * 28_001))


def text_bomb() -> bytes:
    text = b"Comment\0\1\0\0\0" + zeros(100 << 20)
    return png(8, 8, before=chunk(b"iTXt", text), rows=zeros(72))


def profile_bomb() -> bytes:
    return png(8, 8, before=chunk(b"iCCP", b"p\0\0" + zeros(100 << 20)), rows=zeros(72))


def animated_png() -> bytes:
    frames = chunk(b"acTL", struct.pack(">II", 10_000, 0))
    for number in range(10_000):
        facts = struct.pack(">IIIIIHHBB", number, 8, 8, 0, 0, 1, 10, 0, 0)
        frames += chunk(b"fcTL", facts)
    return png(8, 8, before=frames, rows=zeros(72))


def animated_webp() -> bytes:
    bitstream = encoded("WEBP", (16, 16), lossless=True)[12:]
    head = bytes(6) + (15).to_bytes(3, "little") * 2 + (10).to_bytes(3, "little") + b"\0"
    frame = b"ANMF" + struct.pack("<I", len(head + bitstream)) + head + bitstream
    canvas = b"\x02\0\0\0" + (15).to_bytes(3, "little") * 2
    chunks = b"VP8X" + struct.pack("<I", 10) + canvas
    chunks += b"ANIM" + struct.pack("<I", 6) + bytes(6) + frame * 10_000
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def wide_webp() -> bytes:
    edge = (16_383).to_bytes(3, "little")
    bitstream = encoded("WEBP", (16, 16))[12:]
    chunks = b"VP8X" + struct.pack("<I", 10) + bytes(4) + edge * 2 + bitstream
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def animated_gif() -> bytes:
    frame = b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    return b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + frame * 10_000 + b";"


def deep_tiff() -> bytes:
    """10,000 directories, the last of which leads back to the first."""
    directory, count = 18, 10_000
    parts = [b"II*\0\x08\0\0\0"]
    for number in range(count):
        following = 8 + directory * ((number + 1) % count)
        parts.append(struct.pack("<HHHIII", 1, 256, 3, 1, 8, following))
    return b"".join(parts)


def scan_bomb() -> bytes:
    """A JPEG that says the same thing 40,000 times over a large picture."""
    target = BytesIO()
    Image.new("L", (6_400, 4_800), 90).save(target, "JPEG", progressive=True)
    plain = target.getvalue()
    last = plain.rindex(b"\xff\xda")
    return plain[:last] + plain[last:-2] * 40_000 + b"\xff\xd9"


def huge_jpeg() -> bytes:
    plain = encoded("JPEG")
    at = plain.index(b"\xff\xc0") + 5
    return plain[:at] + b"\xff\xff\xff\xff" + plain[at + 4 :]


def huge_heic() -> bytes:
    size = struct.pack(">II", 64, 64)
    return encoded("HEIF", (64, 64)).replace(size, struct.pack(">II", 60_000, 60_000))


def several(kind: str) -> bytes:
    target = BytesIO()
    others = [picture((64, 64)).rotate(turn) for turn in (90, 180)]
    picture((64, 64)).save(target, kind, save_all=True, append_images=others)
    return target.getvalue()


def cut(content: bytes, part: float = 0.6) -> bytes:
    return content[: int(len(content) * part)]


def archive() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as folder:
        folder.writestr("canary.html", SCRIPT)
    return target.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc"/></svg>'
PIXELS, FORMAT, DAMAGED, COST = Reason.PIXELS, Reason.FORMAT, Reason.DAMAGED, Reason.COST

REFUSED: dict[str, tuple[Reason, Callable[[], bytes]]] = {
    "nothing": (Reason.EMPTY, lambda: b""),
    "60 MB": (Reason.HEAVY, lambda: encoded("JPEG") + bytes(60 << 20)),
    "13,000 px squared in one bit": (PIXELS, one_bit_bomb),
    "PNG of 2^31 px with no data": (PIXELS, lambda: png(2**31 - 1, 2**31 - 1, rows=zeros(9))),
    "PNG of 60,000 px squared with little data": (PIXELS, lambda: png(60_000, 60_000)),
    "JPEG of 65,535 px squared": (PIXELS, huge_jpeg),
    "WebP of 16,384 px squared": (PIXELS, wide_webp),
    "HEIC of 60,000 px squared": (PIXELS, huge_heic),
    "transparent PNG of 49 million px": (COST, memory_bomb),
    "JPEG of 40,000 scans": (COST, scan_bomb),
    "PNG with 100 MB of text": (DAMAGED, text_bomb),
    "PNG with 100 MB of profile": (DAMAGED, profile_bomb),
    "PNG with no rows": (DAMAGED, lambda: png(640, 480, rows=zeros(9))),
    "PNG with nonsense for rows": (DAMAGED, lambda: png(640, 480, rows=b"nonsense" * 99)),
    "PNG of no size": (DAMAGED, lambda: png(0, 0)),
    "PNG that is only its head": (DAMAGED, lambda: PNG_HEAD),
    "JPEG that is only its head": (DAMAGED, lambda: b"\xff\xd8\xff\xe0" + bytes(99)),
    "half a JPEG": (DAMAGED, lambda: cut(encoded("JPEG", (640, 480)))),
    "half a PNG": (DAMAGED, lambda: cut(encoded("PNG", (640, 480)))),
    "half a WebP": (DAMAGED, lambda: cut(encoded("WEBP", (640, 480)))),
    "half a HEIC": (DAMAGED, lambda: cut(encoded("HEIF", (640, 480)))),
    "half an AVIF": (DAMAGED, lambda: cut(encoded("AVIF", (640, 480)))),
    "65,535 px wide": (Reason.SHAPE, lambda: encoded("PNG", (65_535, 100), "L")),
    "65,500 px high": (Reason.SHAPE, lambda: encoded("JPEG", (2, 65_500), "L")),
    "WebP of 10,000 frames": (Reason.FRAMES, animated_webp),
    "PNG of 10,000 frames": (Reason.FRAMES, animated_png),
    "HEIC of three pictures": (Reason.FRAMES, lambda: several("HEIF")),
    "AVIF of three frames": (Reason.FRAMES, lambda: several("AVIF")),
    "GIF of 10,000 frames": (FORMAT, animated_gif),
    "GIF that is a script": (FORMAT, lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1);//"),
    "TIFF of 10,000 directories in a ring": (FORMAT, deep_tiff),
    "TIFF": (FORMAT, lambda: encoded("TIFF")),
    "BMP": (FORMAT, lambda: encoded("BMP")),
    "JPEG 2000": (FORMAT, lambda: encoded("JPEG2000")),
    "icon": (FORMAT, lambda: encoded("ICO")),
    "PostScript": (FORMAT, lambda: encoded("EPS")),
    "PDF": (FORMAT, lambda: encoded("PDF")),
    "SVG": (FORMAT, lambda: SVG),
    "SVG, packed": (FORMAT, lambda: gzip.compress(SVG)),
    "HTML": (FORMAT, lambda: SCRIPT),
    "HTML before a JPEG": (FORMAT, lambda: SCRIPT + encoded("JPEG")),
    "ZIP": (FORMAT, archive),
    "program": (FORMAT, lambda: b"\x7fELF" + bytes(4_000)),
    "film": (FORMAT, lambda: b"\0\0\0\x18ftypmp42" + bytes(4_000)),
    "zero bytes": (FORMAT, lambda: bytes(4_000)),
}
