"""The named cloths: which pattern, in which colours."""

from PIL import Image

from deploy.demo.drawing import patterns
from deploy.demo.drawing.studio import INDIGO_DEEP, chance


def _mudmee(motif, palette, seed: str) -> Image.Image:
    sizes = {
        patterns.hooks: (56, 56),
        patterns.naga: (32, 48),
        patterns.lanterns: (60, 60),
        patterns.pines: (48, 28),
        patterns.leaves: (22, 44),
        patterns.tiles: (36, 48),
        patterns.sparks: (28, 28),
    }
    width, height = sizes[motif]
    repeat = patterns.grid(width, height, motif, palette, 5)
    return patterns.woven(patterns.feathered(repeat, chance(seed)), seed, 3, 190)


def _crisp(motif, width: int, height: int, palette, seed: str, scale: int = 5) -> Image.Image:
    repeat = patterns.grid(width, height, motif, palette, scale)
    return patterns.woven(repeat, seed, 4, 188)


RED, YELLOW, GREEN, VIOLET = (150, 34, 40), (222, 168, 52), (56, 104, 64), (104, 52, 112)
CHECK = ((0, 18), (1, 4), (0, 4), (1, 18), (2, 3), (1, 3))


# Tied before weaving, so that edges feather: the motif and its colours, the ground first.
MUDMEE = {
    "mudmee-indigo": (
        patterns.hooks,
        (INDIGO_DEEP, (70, 98, 160), (226, 228, 226), (150, 176, 210)),
    ),
    "mudmee-lac": (
        patterns.naga,
        ((116, 24, 34), (170, 70, 50), (232, 190, 120), (214, 120, 60)),
    ),
    "mudmee-green": (
        patterns.pines,
        ((34, 74, 58), (92, 132, 78), (222, 206, 140), (176, 120, 52)),
    ),
    "mudmee-gold": (
        patterns.lanterns,
        ((176, 122, 34), (120, 62, 30), (244, 222, 160), (96, 30, 36)),
    ),
    "kram-mudmee": (
        patterns.sparks,
        ((30, 48, 98), (84, 112, 168), (236, 236, 228), (22, 36, 76)),
    ),
}
# Woven or picked in, with clean edges: the motif, its width and height, its colours.
CRISP = {
    "khit-red": (
        patterns.khit_lotus,
        36,
        72,
        ((142, 30, 38), (236, 190, 92), (246, 226, 180), (70, 110, 80)),
    ),
    "khit-indigo": (
        patterns.khit_elephant,
        40,
        40,
        ((28, 44, 92), (232, 226, 208), (196, 150, 60), (170, 60, 56)),
    ),
    "phraewa-red": (
        patterns.phraewa,
        48,
        84,
        (
            (138, 22, 36),
            (240, 200, 84),
            (250, 240, 214),
            (46, 104, 84),
            (226, 120, 52),
            (64, 60, 130),
        ),
    ),
    "phraewa-green": (
        patterns.phraewa,
        48,
        84,
        (
            (24, 84, 72),
            (246, 206, 100),
            (248, 238, 216),
            (168, 40, 56),
            (224, 142, 58),
            (92, 58, 130),
        ),
    ),
    "jok-red": (
        patterns.jok_hem,
        192,
        132,
        (
            (44, 30, 40),
            (176, 44, 44),
            (238, 182, 70),
            (246, 230, 190),
            (70, 116, 84),
            (146, 28, 36),
        ),
    ),
    "jok-green": (
        patterns.jok_hem,
        192,
        132,
        (
            (30, 52, 46),
            (214, 150, 54),
            (240, 214, 130),
            (248, 236, 206),
            (164, 52, 60),
            (24, 70, 62),
        ),
    ),
    "namlai-red": (
        patterns.flowing_water,
        72,
        80,
        (
            (148, 48, 40),
            (232, 214, 180),
            (196, 96, 54),
            (88, 40, 40),
            (226, 160, 70),
            (238, 226, 200),
            (120, 58, 48),
            (176, 72, 50),
            (212, 136, 90),
            (70, 44, 44),
        ),
    ),
    "namlai-indigo": (
        patterns.flowing_water,
        72,
        80,
        (
            (28, 46, 96),
            (226, 226, 220),
            (84, 116, 170),
            (20, 32, 68),
            (130, 160, 196),
            (238, 234, 220),
            (44, 70, 130),
            (172, 190, 206),
            (60, 90, 148),
            (24, 36, 72),
        ),
    ),
    "yok-gold": (
        patterns.brocade,
        40,
        40,
        ((158, 104, 30), (236, 198, 104), (250, 226, 152), (140, 90, 26)),
    ),
    "yok-purple": (
        patterns.brocade,
        40,
        40,
        ((84, 40, 92), (206, 168, 190), (228, 196, 130), (74, 34, 82)),
    ),
    "khaoma-red": (
        patterns.plaid(CHECK),
        50,
        50,
        ((158, 32, 40), (30, 28, 34), (240, 196, 84)),
    ),
    "khaoma-blue": (
        patterns.plaid(CHECK),
        50,
        50,
        ((40, 66, 126), (238, 234, 222), (20, 32, 66)),
    ),
    "khaoma-green": (
        patterns.plaid(CHECK),
        50,
        50,
        ((46, 106, 74), (226, 210, 150), (158, 48, 44)),
    ),
    "yaam": (
        patterns.stripes(((0, 12), (1, 3), (2, 2), (1, 3), (0, 12), (3, 4), (2, 1), (3, 4))),
        41,
        8,
        ((150, 36, 42), (238, 226, 196), (36, 32, 40), (208, 138, 48)),
    ),
    "karen": (
        patterns.stripes(((0, 22), (1, 2), (2, 3), (1, 2), (0, 22), (3, 3))),
        54,
        8,
        ((142, 34, 40), (240, 226, 196), (38, 34, 40), (214, 150, 60)),
    ),
    "cushion": (
        patterns.khit_lotus,
        36,
        72,
        ((120, 24, 36), (240, 200, 96), (248, 232, 190), (52, 104, 90)),
    ),
}


def cloth(key: str) -> Image.Image:
    """The bare cloth of a picture key."""
    name = key.removeprefix("weave-")
    if name in MUDMEE:
        return _mudmee(*MUDMEE[name], key)
    return _crisp(*CRISP[name], key, 7 if "khaoma" in key else 5)
