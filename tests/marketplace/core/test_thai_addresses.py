"""Addresses are split as people write them."""

import csv
import os
import re
from pathlib import Path

import pytest

from marketplace.core.thai import ParsedAddress, parse_address

REAL_DATA = os.environ.get("REAL_DATA")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "ม.4 ต.ปากน้ำ อ.เมืองกระบี่ จ.กระบี่ 81000",
            dict(moo="4", tambon="ปากน้ำ", amphoe="เมืองกระบี่", province="กระบี่", postcode="81000"),
        ),
        (
            "๑๒/๓ หมู่ที่ ๐๗ ตำบลหนองบัว\nอำเภอเมือง จังหวัดน่าน ๕๕๐๐๐",
            dict(house_no="12/3", moo="7", tambon="หนองบัว", amphoe="เมือง", province="น่าน",
                 postcode="55000"),
        ),
        (
            "99 หมู่4ต.ปากน้ำอ.เมืองกระบี่จ.กระบี่",
            dict(house_no="99", moo="4", tambon="ปากน้ำ", amphoe="เมืองกระบี่", province="กระบี่"),
        ),
        (
            "12/5 ซอยสุขุมวิท 71 ถนนสุขุมวิท แขวงพระโขนงเหนือ เขตวัฒนา กทม. 10110",
            dict(house_no="12/5", soi="สุขุมวิท 71", road="สุขุมวิท", tambon="พระโขนงเหนือ",
                 amphoe="วัฒนา", province="กรุงเทพมหานคร", postcode="10110"),
        ),
        (
            "หมู่ 2 ต.คู้ยายหมี อ.สนามชัยเขต จ.ฉะเชิงเทรา",
            dict(moo="2", tambon="คู้ยายหมี", amphoe="สนามชัยเขต", province="ฉะเชิงเทรา"),
        ),
        (
            "บ้านเลขที่ 45 หมู่ที่ 3 บ้านโคกใหญ่ ต.บ้านฝาง อ.บ้านฝาง จ.ขอนแก่น โทร 081",
            dict(house_no="45", moo="3", village_name="บ้านโคกใหญ่", tambon="บ้านฝาง",
                 amphoe="บ้านฝาง", province="ขอนแก่น"),
        ),
        ("หมู่ที่ 1 ต.ตำบลตาแกะ อ.ยะหริ่ง", dict(moo="1", tambon="ตาแกะ", amphoe="ยะหริ่ง")),
        ("ต.สามตำบล อ.จุฬาภรณ์", dict(tambon="สามตำบล", amphoe="จุฬาภรณ์")),
        ("ต.หัวถนน อ.คลองขลุง", dict(tambon="หัวถนน", amphoe="คลองขลุง")),
        ("ไม่ทราบ", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_an_address_is_split(text, parts):
    assert parse_address(text) == ParsedAddress(**parts)


def rows_of(name):
    with (Path(REAL_DATA) / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.real_data
def test_addresses_of_the_published_food_list_are_split():
    tambons = {row["code"]: row["name_th"] for row in rows_of("geo/subdistricts.csv")}
    amphoes = {row["code"]: row["name_th"] for row in rows_of("geo/districts.csv")}
    typed = [row["ที่อยู่"] for row in rows_of("otop/otop_food_dla_government_headings.csv")]
    right = dict.fromkeys(("moo", "tambon", "amphoe", "province"), 0)
    tambons_stated = 0

    for text, known in zip(typed, rows_of("otop/otop_food_dla.csv"), strict=True):
        parsed = parse_address(text)
        right["moo"] += parsed.moo == known["moo"]
        right["province"] += parsed.province == known["province"]
        right["amphoe"] += parsed.amphoe == re.sub("^เขต", "", amphoes[known["district_code"]])
        if known["subdistrict_source"].startswith("address"):
            tambons_stated += 1
            right["tambon"] += parsed.tambon == tambons[known["subdistrict_code"]]

    assert (len(typed), tambons_stated) == (4_541, 3_424)
    # Three rows state another amphoe than the register, which is no mistake of the reading.
    assert right == {"moo": 4_541, "tambon": 3_424, "amphoe": 4_538, "province": 4_541}
