"""Every archetype in one table."""

from deploy.demo.vocabulary.craft_baskets import BASKETS
from deploy.demo.vocabulary.craft_clay import CLAY
from deploy.demo.vocabulary.craft_cloth_goods import HILL, SEA_CLOTH
from deploy.demo.vocabulary.craft_cotton import COTTON
from deploy.demo.vocabulary.craft_drinks import DRINKS
from deploy.demo.vocabulary.craft_food import CHILLI, RICE
from deploy.demo.vocabulary.craft_hems import HEMS
from deploy.demo.vocabulary.craft_herbal import HERBAL
from deploy.demo.vocabulary.craft_keepsakes import KEEPSAKES
from deploy.demo.vocabulary.craft_larder import LARDER, SEA
from deploy.demo.vocabulary.craft_silk import SILK
from deploy.demo.vocabulary.craft_sweets import FRUIT, SWEETS
from deploy.demo.vocabulary.craft_wood_metal import WOOD_AND_METAL

TEXTILES = SILK + HEMS + COTTON + HILL + SEA_CLOTH
FOODS = CHILLI + RICE + LARDER + SEA + FRUIT + SWEETS
HOUSEHOLD = CLAY + WOOD_AND_METAL + KEEPSAKES + BASKETS
ARCHETYPES = FOODS + DRINKS + TEXTILES + HOUSEHOLD + HERBAL
ARCHETYPE_BY_KEY = {archetype.key: archetype for archetype in ARCHETYPES}
