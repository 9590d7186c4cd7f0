"""English names of the offices that issue certificates. Rows keep the Thai name alone.

An office that is not here is shown under its Thai name, marked as Thai.
"""

ENGLISH_NAMES = {
    "สำนักงานมาตรฐานผลิตภัณฑ์อุตสาหกรรม": "Thai Industrial Standards Institute (TISI)",
    "สำนักงานคณะกรรมการอาหารและยา": "Food and Drug Administration, Thailand (Thai FDA)",
    "สำนักงานคณะกรรมการกลางอิสลามแห่งประเทศไทย": "Central Islamic Council of Thailand",
    "สำนักงานสาธารณสุขจังหวัด": "Provincial Public Health Office",
    "สำนักงานมาตรฐานสินค้าเกษตรและอาหารแห่งชาติ": (
        "National Bureau of Agricultural Commodity and Food Standards (ACFS)"
    ),
    "กรมทรัพย์สินทางปัญญา": "Department of Intellectual Property",
    "กรมหม่อนไหม": "Queen Sirikit Department of Sericulture",
    "กรมวิชาการเกษตร": "Department of Agriculture",
    "กรมปศุสัตว์": "Department of Livestock Development",
    "กรมประมง": "Department of Fisheries",
    "กรมการพัฒนาชุมชน": "Community Development Department",
    "สำนักงานมาตรฐานเกษตรอินทรีย์": "Organic Agriculture Certification Thailand (ACT)",
}


def english_name(issuer_th: str) -> str:
    """The English name of an office, or "" where none is known."""
    return ENGLISH_NAMES.get(issuer_th.strip(), "")
