"""Who may read which report: every address of reports has a row here, or a test fails.

A row says what somebody gets who asks for an area of their own, for one elsewhere, and for the
whole country. To add an address: its name of the URLconf in `ROWS`, the formats it has files of in
`formats`, and `writes` where it takes a POST. What is not about one area (`Plain`) answers alike
wherever somebody reads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from marketplace.core.documents.formats import FORMATS

HERE, THERE, COUNTRY = "50010811", "34010105", ""
AREAS = {"own": HERE, "province": HERE[:2], "foreign": THERE, "region": "N", "country": COUNTRY}

STRANGERS = ("visitor", "shopper", "village member", "producer")  # no way into the admin
STAFF = ("officer", "other officer", "support", "curator", "reviewer", "finance", "administrator")
PEOPLE = (*STRANGERS, *STAFF)
EVERYWHERE = ("curator", "reviewer", "finance", "administrator")
KEEPERS = ("finance", "administrator")
SETTERS = ("curator", *KEEPERS)
READERS = ("officer", "other officer", *EVERYWHERE)
TOTALS = ("village member", "officer", *KEEPERS)
"""Who reads what a village earned, on the pages of its own people."""
OF_OFFICERS = {"officer": ("own", "province"), "other officer": ("foreign",)}


def no_arguments(facts: Mapping) -> dict:
    return {}


@dataclass(frozen=True)
class Asked:
    """A report of an area that the query names: the same filter for the page and each file."""

    formats: tuple[str, ...] = ()
    refused: int = 403
    has_period: bool = True
    writes: bool = False
    arguments: Callable[[Mapping], dict] = no_arguments

    def status(self, person: str, area: str) -> int:
        if person in STRANGERS:
            return 302
        if person in EVERYWHERE or area in OF_OFFICERS.get(person, ()):
            return 200
        return 403 if person == "support" else self.refused


@dataclass(frozen=True)
class Plain:
    """A page that is not about an area."""

    who: tuple[str, ...]
    arguments: Callable[[Mapping], dict] = no_arguments
    writes: bool = False

    def status(self, person: str, area: str) -> int:
        if person in self.who:
            return 200
        return 302 if person in STRANGERS else 403


@dataclass(frozen=True)
class Personal:
    """A page of one person, or of a village's own people: `others` is what the rest finds."""

    who: tuple[str, ...]
    arguments: Callable[[Mapping], dict] = no_arguments
    others: Mapping[str, int] = field(default_factory=dict)  # who else gets another answer than 404
    writes: bool = False
    code: int = 200

    def status(self, person: str, area: str) -> int:
        return self.code if person in self.who else self.others.get(person, 404)


NO_READERS = dict.fromkeys(STRANGERS, 302) | {"support": 403}
NOT_WHOLE_COUNTRY = NO_READERS | {"officer": 403, "other officer": 403}
NOT_KEEPERS = NOT_WHOLE_COUNTRY | {"curator": 403, "reviewer": 403}


def of_an_export(facts: Mapping) -> dict:
    return {"pk": facts["export"]}


def of_a_mail(facts: Mapping) -> dict:
    return {"token": facts["token"]}


def of_what_is_not_there(facts: Mapping) -> dict:
    return {"pk": 10**9}


def of_the_villages_people(facts: Mapping) -> dict:
    return {"code": HERE}


def of_a_share(facts: Mapping) -> dict:
    return {"number": facts["share"]}


def of_a_month(facts: Mapping) -> dict:
    return {"key": facts["month"]}


def of_a_batch(facts: Mapping) -> dict:
    return {"pk": facts["batch"]}


def of_the_province(facts: Mapping) -> dict:
    return {"code": HERE[:2], "slug": facts["province_slug"]}


def of_the_village(facts: Mapping) -> dict:
    return {"code": HERE, "slug": facts["village_slug"]}


def of_the_year(facts: Mapping) -> dict:
    return {"year": facts["year"]}


ROWS: dict[str, Asked | Plain | Personal] = {
    # Staff, by area.
    "income-report": Asked(formats=FORMATS),
    "income-report-shares": Asked(formats=FORMATS),
    "report-distribution": Asked(formats=FORMATS),
    "report-groups": Asked(formats=FORMATS),
    "report-flows": Asked(formats=FORMATS),
    "report-change": Asked(formats=FORMATS),
    "income-target": Asked(has_period=False, writes=True),
    "income-targets": Plain(READERS),  # of areas that are their own
    "income-baselines": Plain(SETTERS, writes=True),
    "income-baseline-file": Plain(SETTERS, of_a_batch, writes=True),
    # Finance.
    "ledger-months": Plain(KEEPERS),
    "ledger-month-close": Plain(KEEPERS, of_a_month, writes=True),
    # Files and mails of one's own.
    "report-exports": Plain(READERS, writes=True),
    "report-export": Personal(("finance",), of_an_export, NO_READERS, writes=True),
    "report-export-file": Personal(("finance",), of_an_export, NO_READERS, writes=True),
    "report-mailing": Plain(READERS, writes=True),
    "reports:stop-mail": Plain(PEOPLE, of_a_mail, writes=True),
    # Fiscal-year packs. Of one that is not there, only who may read packs learns that.
    "year-packs": Plain(EVERYWHERE, writes=True),
    "year-pack": Personal((), of_what_is_not_there, NOT_WHOLE_COUNTRY, writes=True),
    "year-pack-file": Personal((), of_what_is_not_there, NOT_WHOLE_COUNTRY, writes=True),
    "year-pack-draft": Personal((), of_what_is_not_there, NOT_KEEPERS, writes=True),
    "year-pack-draft-file": Personal((), of_what_is_not_there, NOT_KEEPERS, writes=True),
    # A village's people.
    "reports:own-villages": Personal(("village member",), others={"visitor": 302}, code=302),
    "reports:own-village": Personal(TOTALS, of_the_villages_people, {"visitor": 302}),
    "reports:own-village-change": Personal(TOTALS, of_the_villages_people, {"visitor": 302}),
    # Everybody.
    "reports:income": Plain(PEOPLE),
    "reports:income-year": Plain(PEOPLE, of_the_year),
    "reports:how-it-is-counted": Plain(PEOPLE),
    "reports:proof": Plain(PEOPLE),
    "reports:roots-file": Plain(PEOPLE),
    "reports:verifier-file": Plain(PEOPLE),
    "reports:province-income": Plain(PEOPLE, of_the_province),
    "reports:village-income": Plain(PEOPLE, of_the_village),
}
SHARE = "income-report-share"
"""A sale is found or not: of an area that is not one's own it answers as one that is not there."""
