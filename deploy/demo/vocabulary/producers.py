"""All producers of the demo. Names are invented in the manner of real groups."""

from deploy.demo.vocabulary.producers_centre import CENTRE
from deploy.demo.vocabulary.producers_chiang_mai import CHIANG_MAI
from deploy.demo.vocabulary.producers_mun import MUN
from deploy.demo.vocabulary.producers_north import NORTH
from deploy.demo.vocabulary.producers_northeast import NORTHEAST
from deploy.demo.vocabulary.producers_south import SOUTH
from deploy.demo.vocabulary.producers_west_east import EAST, WEST

PRODUCERS = CHIANG_MAI + NORTH + NORTHEAST + MUN + CENTRE + WEST + EAST + SOUTH
PRODUCER_BY_KEY = {producer.key: producer for producer in PRODUCERS}
