"""Every figure of every report is read here, and nowhere from orders or products.

For people who may see exact figures; the public asks `disclosure.py`. Read from the roll-ups by
frozen code, with the names that were valid on the period's last day, so that a report of a past
period never changes. README.md lists which questions the roll-ups answer.
"""

from marketplace.ledger.queries.areas import (
    COUNTRY,
    TABLES,
    Level,
    follow,
    inside,
    level_of,
    regions,
)
from marketplace.ledger.queries.change import (
    IncomeChange,
    Reason,
    income_change,
)
from marketplace.ledger.queries.declared import DeclaredSales, declared_sales_of
from marketplace.ledger.queries.distribution import Distribution, Spread, distribution
from marketplace.ledger.queries.flows import NOT_SENT, Flows, money_flows
from marketplace.ledger.queries.groups import GroupReport, VillageGroups, group_report
from marketplace.ledger.queries.income import Before, IncomeRow, MonthIncome, Report, income_report
from marketplace.ledger.queries.questions import CHOICES, Dimension, InvalidFilter, Question

__all__ = [
    "CHOICES",
    "COUNTRY",
    "NOT_SENT",
    "TABLES",
    "Before",
    "DeclaredSales",
    "Dimension",
    "Distribution",
    "Flows",
    "GroupReport",
    "IncomeChange",
    "IncomeRow",
    "InvalidFilter",
    "Level",
    "MonthIncome",
    "Question",
    "Reason",
    "Report",
    "Spread",
    "VillageGroups",
    "declared_sales_of",
    "distribution",
    "follow",
    "group_report",
    "income_change",
    "income_report",
    "inside",
    "level_of",
    "money_flows",
    "regions",
]
