"""What a kind photographer would say of a picture: too small, too dark, blurred.

Said only when it is plain, because a false remark teaches people to overlook the true ones. Runs
beside `photo_cleaner` in its child process, on a picture that is clean already.
"""

from collections.abc import Iterator

from PIL import Image, ImageChops

SMALL, DARK, BLURRED = "small", "dark", "blurred"

SMALL_BELOW_PX = 1_000
"""Long side. Shoppers see up to 1,440 px."""
DARK_BELOW = 64
"""Luminance (0 to 255) that 98 of 100 pixels stay below: nothing but perhaps a lamp is lit."""
LOOKED_AT_PX = 1_024
"""Sharpness is judged at about the size that shoppers see, where the noise of a night is gone."""
TILES = 6
"""Rows and columns of tiles."""
SHARP_TILES = 3
"""So many sharp tiles are enough: a soft background behind the product is no fault."""
JUDGED_TILES = TILES * TILES // 3
"""With edges in fewer tiles nothing is said: smooth cloth, a sky, a bowl on a white table."""
FAR_PX = 16
EDGE_FROM = 40
"""Difference of luminance over 16 px that is an edge; weaker ones (folds, shadows) tell nothing."""
BLURRED_BELOW = 0.16
"""Part of an edge that happens within one pixel. Of the 22 sample pictures of scikit-image, at
1,024 px, none is called blurred; out of focus (sigma 3 px) 19 are, shaken by 12 px 19 are.
tests/marketplace/core/test_photo_remarks.py draws a set like it."""
SHORTEST_JUDGED_PX = 200


def remarks_of(picture: Image.Image, long_side_px: int) -> list[str]:
    """Return what is to be said of a picture that was so long when it arrived."""
    luminance = picture.convert("L")
    found = {
        SMALL: long_side_px < SMALL_BELOW_PX,
        DARK: _percentile(luminance, 0.98) < DARK_BELOW,
        BLURRED: _is_blurred(luminance),
    }
    return [remark for remark, is_so in found.items() if is_so]


def _is_blurred(luminance: Image.Image) -> bool:
    """Whether edges are soft along one axis: both for a picture out of focus, one for a shaken."""
    if min(luminance.size) < SHORTEST_JUDGED_PX:
        return False
    luminance.thumbnail((LOOKED_AT_PX, LOOKED_AT_PX))
    return any(_is_soft(_sharpness_of_tiles(luminance, axis)) for axis in ((1, 0), (0, 1)))


def _is_soft(sharpness: list[float]) -> bool:
    return len(sharpness) >= JUDGED_TILES and sorted(sharpness)[-SHARP_TILES] < BLURRED_BELOW


def _sharpness_of_tiles(luminance: Image.Image, axis: tuple[int, int]) -> list[float]:
    """For each tile with an edge: how much of its strongest edges happens within one pixel."""
    near, far = _difference(luminance, axis, 1), _difference(luminance, axis, FAR_PX)
    edges = [(_percentile(far.crop(box), 0.99), box) for box in _boxes(far.size)]
    return [_percentile(near.crop(box), 0.99) / edge for edge, box in edges if edge >= EDGE_FROM]


def _difference(luminance: Image.Image, axis: tuple[int, int], px: int) -> Image.Image:
    """Return how much each pixel differs from the one so many further on."""
    width, height = luminance.size
    across, down = axis[0] * px, axis[1] * px
    here = luminance.crop((0, 0, width - across, height - down))
    return ImageChops.difference(here, luminance.crop((across, down, width, height)))


def _boxes(size: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    wide, high = max(1, size[0] // TILES), max(1, size[1] // TILES)
    for left in range(0, size[0] - wide + 1, wide):
        for top in range(0, size[1] - high + 1, high):
            yield left, top, left + wide, top + high


def _percentile(picture: Image.Image, part: float) -> int:
    """Return the luminance that this part of the pixels stays at or below."""
    counts = picture.histogram()
    left = part * sum(counts)
    for value, count in enumerate(counts):
        left -= count
        if left <= 0:
            return value
    return len(counts) - 1
