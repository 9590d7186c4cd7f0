"""How the producer modules write a row."""

from deploy.demo.vocabulary.shapes import ProducerPlan


def producer(
    key: str,
    type: str,
    village_code: str,
    since_year_be: int,
    member_count: int,
    vat_registered: bool,
    name: tuple[str, str],
    story: tuple[str, str],
    *makes: str,
) -> ProducerPlan:
    """A producer; `name` and `story` are pairs (Thai, English), `makes` are archetype keys."""
    return ProducerPlan(
        key=key,
        name_th=name[0],
        name_en=name[1],
        type=type,
        village_code=village_code,
        since_year_be=since_year_be,
        member_count=member_count,
        vat_registered=vat_registered,
        story_th=story[0],
        story_en=story[1],
        makes=makes,
    )
