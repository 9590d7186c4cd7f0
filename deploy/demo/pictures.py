"""All pictures of the demo by key. Same key and version, same picture.

Keys name their kind first: `weave-`, `basket-`, `clay-`, `craft-`, `food-`, `drink-` and `herbal-`
are square and show products; `scene-` is 16:9 and `tall-` 4:5, for villages, routes and stories.
"""

from types import ModuleType

from PIL import Image

from deploy.demo.drawing import (
    baskets,
    bottles,
    bowls,
    crafts,
    figures,
    food,
    herbal,
    jars,
    metal,
    packets,
    plaited,
    scenes,
    skin,
    tall_scenes,
    village_scenes,
    water_scenes,
    weave,
)

# Raise when a drawing changes, so that files already on disk are drawn again.
DRAWING_VERSION = 3
MODULES: tuple[ModuleType, ...] = (
    weave,
    baskets,
    plaited,
    jars,
    crafts,
    metal,
    packets,
    figures,
    food,
    bowls,
    bottles,
    herbal,
    skin,
    scenes,
    water_scenes,
    village_scenes,
    tall_scenes,
)
MODULE_BY_KEY = {key: module for module in MODULES for key in module.picture_keys()}


def all_keys() -> tuple[str, ...]:
    return tuple(MODULE_BY_KEY)


def draw(key: str, size: int = 1200) -> Image.Image:
    """Draw a picture. `size` is the side of a square one; wide and tall ones keep its area.

    Raises KeyError for a key that nobody draws.
    """
    picture = MODULE_BY_KEY[key].draw(key)
    if size == 1200:
        return picture
    scale = size / 1200
    wanted = (round(picture.width * scale), round(picture.height * scale))
    return picture.resize(wanted, Image.Resampling.LANCZOS)
