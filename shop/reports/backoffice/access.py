"""Which areas' figures somebody may read, and the addresses of the pages that show them."""

from django.urls import reverse
from django.utils.http import urlencode

from marketplace.accounts.queries import is_within
from marketplace.ledger.queries import Before, Question, level_of
from shop.reports.asking import fields_of

MENU_ITEM = "village-income"
INCOME = "income-report"
SHARES = "income-report-shares"
SHARE = "income-report-share"
GROUPS = "report-groups"
FLOWS = "report-flows"
CHANGE = "report-change"
DISTRIBUTION = "report-distribution"


def may_read(code: str, areas: list[str]) -> bool:
    """Whether an area lies in somebody's areas; regions are whole-country readers' only."""
    return "" in areas if level_of(code) == "region" else is_within(code, areas)


def report_url(question: Question, before: Before | None = None, **more: str) -> str:
    return f"{reverse(INCOME)}?{urlencode(fields_of(question, before) | more)}"


def shares_url(question: Question, **more: str) -> str:
    """Where the line shares are listed that a figure is made of."""
    return f"{reverse(SHARES)}?{urlencode(fields_of(question) | more)}"
