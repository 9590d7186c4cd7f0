"""Every figure of every report is read here, and nowhere from orders or products.

For people who may see exact figures; the public asks `disclosure.py`. Read from the roll-ups by
frozen code, with the names that were valid on the period's last day, so that a report of a past
period never changes. README.md lists which questions the roll-ups answer.
"""

from marketplace.ledger.queries.areas import (
    COUNTRY,
    LEVEL_WORDS,
    TABLES,
    City,
    Level,
    follow,
    inside,
    level_number,
    level_of,
    names_of,
    provinces_of,
    regions,
)
from marketplace.ledger.queries.change import (
    IncomeChange,
    Reason,
    income_change,
)
from marketplace.ledger.queries.cities import city_named, only_city
from marketplace.ledger.queries.declared import DeclaredSales, declared_sales_of
from marketplace.ledger.queries.distribution import (
    BOTTOM_PERCENT,
    Distribution,
    Spread,
    VillageIncome,
    distribution,
)
from marketplace.ledger.queries.figures import Figures
from marketplace.ledger.queries.flows import NOT_SENT, Flow, Flows, Place, money_flows
from marketplace.ledger.queries.groups import (
    GroupIncome,
    GroupReport,
    VillageGroups,
    group_report,
)
from marketplace.ledger.queries.income import Before, IncomeRow, MonthIncome, Report, income_report
from marketplace.ledger.queries.months import Course, area_months, courses
from marketplace.ledger.queries.order_money import OrderMoney, money_of_order
from marketplace.ledger.queries.questions import (
    CHOICES,
    Dimension,
    InvalidFilter,
    Question,
)
from marketplace.ledger.queries.report_in_parts import count_rows, report_in_parts
from marketplace.ledger.queries.row_names import group_names, value_name
from marketplace.ledger.queries.shares import (
    ShareHistory,
    ShareRow,
    ShareRows,
    count_shares,
    share_history,
    shares_behind,
    shares_in_chunks,
)

__all__ = [
    "OrderMoney",
    "money_of_order",
    "BOTTOM_PERCENT",
    "CHOICES",
    "COUNTRY",
    "LEVEL_WORDS",
    "NOT_SENT",
    "TABLES",
    "Before",
    "City",
    "Course",
    "DeclaredSales",
    "Dimension",
    "Distribution",
    "Figures",
    "Flow",
    "Flows",
    "GroupIncome",
    "GroupReport",
    "IncomeChange",
    "IncomeRow",
    "InvalidFilter",
    "Level",
    "MonthIncome",
    "Place",
    "Question",
    "Reason",
    "Report",
    "ShareHistory",
    "ShareRow",
    "ShareRows",
    "Spread",
    "VillageGroups",
    "VillageIncome",
    "area_months",
    "city_named",
    "courses",
    "count_rows",
    "count_shares",
    "declared_sales_of",
    "distribution",
    "follow",
    "group_names",
    "group_report",
    "income_change",
    "income_report",
    "inside",
    "level_number",
    "level_of",
    "provinces_of",
    "money_flows",
    "names_of",
    "only_city",
    "regions",
    "report_in_parts",
    "share_history",
    "shares_behind",
    "shares_in_chunks",
    "value_name",
]
