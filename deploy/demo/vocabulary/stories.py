"""Eight stories of communities, each told in its own shape."""

from deploy.demo.vocabulary.shapes import StoryPlan
from deploy.demo.vocabulary.stories_palm_and_sedge import NINTH_CLIMBER, SEDGE_YEAR
from deploy.demo.vocabulary.stories_pan_and_forest import FIVE_BAHT, ONE_PAN
from deploy.demo.vocabulary.stories_silk_and_salt import MOUNTAIN_SEA, THREE_KEYS
from deploy.demo.vocabulary.stories_vat_and_kiln import INDIGO_VAT, KILN_NIGHT

STORIES: tuple[StoryPlan, ...] = (
    INDIGO_VAT,
    KILN_NIGHT,
    THREE_KEYS,
    MOUNTAIN_SEA,
    NINTH_CLIMBER,
    SEDGE_YEAR,
    ONE_PAN,
    FIVE_BAHT,
)
