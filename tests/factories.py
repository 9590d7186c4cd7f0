"""The data of tests: the demo's own builders, so that the demo stays true."""

from deploy.demo.builders import (
    give_back,
    make_amphoe,
    make_basket,
    make_category,
    make_member,
    make_photo,
    make_postcode,
    make_producer,
    make_product,
    make_province,
    make_tambon,
    make_user,
    make_village,
    pay,
    place_order,
)

__all__ = [
    "give_back",
    "make_amphoe",
    "make_basket",
    "make_category",
    "make_member",
    "make_photo",
    "make_postcode",
    "make_producer",
    "make_product",
    "make_province",
    "make_tambon",
    "make_user",
    "make_village",
    "pay",
    "place_order",
]
