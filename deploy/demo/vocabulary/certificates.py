"""Certificates of demo products, numbered as the real issuers number theirs."""

from datetime import date, timedelta
from random import Random

from deploy.demo.vocabulary.shapes import CertificatePlan

ISSUERS_TH = {
    "tcps": "สำนักงานมาตรฐานผลิตภัณฑ์อุตสาหกรรม",
    "fda_food": "สำนักงานคณะกรรมการอาหารและยา",
    "fda_cosmetic_notification": "สำนักงานคณะกรรมการอาหารและยา",
    "fda_herbal": "สำนักงานคณะกรรมการอาหารและยา",
    "halal": "สำนักงานคณะกรรมการกลางอิสลามแห่งประเทศไทย",
    "gmp_ghp": "สำนักงานสาธารณสุขจังหวัด",
    "organic": "สำนักงานมาตรฐานสินค้าเกษตรและอาหารแห่งชาติ",
    "gi": "กรมทรัพย์สินทางปัญญา",
    "peacock_silk": "กรมหม่อนไหม",
}
# Regular expressions of the numbers, for checks elsewhere.
NUMBER_PATTERNS = {
    "tcps": r"มผช\. \d{1,4}/25\d\d",
    "fda_food": r"\d{2}-\d-\d{5}-\d-\d{4}",
    "fda_cosmetic_notification": r"\d{2}-\d-\d{10}",
    "fda_herbal": r"G \d{1,4}/\d{2}",
    "halal": r"กอท\.ฮล\. \d{2} [A-Z]\d{3} \d{3} \d{2} \d{2}",
    "gmp_ghp": r"GHPs \d{2}-\d{4}/25\d\d",
    "organic": r"PGS-\d{2}-\d{4}/25\d\d",
    "gi": r"สช \d{8}",
    "peacock_silk": r"ตรานกยูง \d{2}-\d{5}",
}
_TERM_DAYS: dict[str, int | None] = {
    "tcps": 1095,
    "fda_food": None,
    "fda_cosmetic_notification": 1095,
    "fda_herbal": 1825,
    "halal": 365,
    "gmp_ghp": 1095,
    "organic": 365,
    "gi": 730,
    "peacock_silk": 1095,
}


def make_certificate(
    type: str, province_code: str, random: Random, as_of: date, state: str
) -> CertificatePlan:
    """A certificate that is `valid`, `expired` or `unverified` on the day `as_of`."""
    issued_on, expires_on = _period(_TERM_DAYS[type], random, as_of, state)
    return CertificatePlan(
        type=type,
        number=_number(type, province_code, random, issued_on.year + 543),
        issuer_th=ISSUERS_TH[type],
        issued_on=issued_on,
        expires_on=expires_on,
        is_verified=state != "unverified",
    )


def _period(
    term_days: int | None, random: Random, as_of: date, state: str
) -> tuple[date, date | None]:
    if term_days is None:
        return as_of - timedelta(days=random.randint(200, 2500)), None
    age_days = random.randint(20, int(term_days * 0.8))
    if state == "expired":
        age_days = term_days + random.randint(15, 400)
    issued_on = as_of - timedelta(days=age_days)
    return issued_on, issued_on + timedelta(days=term_days)


def _number(type: str, province_code: str, random: Random, year_be: int) -> str:
    serial = random.randint(1, 9999)
    numbers = {
        "tcps": f"มผช. {random.randint(1, 1555)}/{random.randint(2546, 2566)}",
        "fda_food": f"{province_code}-{random.choice('12')}-{serial:05d}"
        f"-{random.choice('1256')}-{random.randint(1, 40):04d}",
        "fda_cosmetic_notification": f"{province_code}-1-{year_be % 100:02d}{serial:08d}",
        "fda_herbal": f"G {random.randint(1, 999)}/{year_be % 100:02d}",
        "halal": f"กอท.ฮล. {random.randint(1, 99):02d} {random.choice('ABCK')}"
        f"{random.randint(1, 999):03d} 001 {random.randint(1, 12):02d} {year_be % 100:02d}",
        "gmp_ghp": f"GHPs {province_code}-{serial:04d}/{year_be}",
        "organic": f"PGS-{province_code}-{serial:04d}/{year_be}",
        "gi": f"สช {year_be % 100:02d}100{random.randint(1, 220):03d}",
        "peacock_silk": f"ตรานกยูง {province_code}-{serial:05d}",
    }
    return numbers[type]
