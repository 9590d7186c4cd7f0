"""What the producer receives: this month, each month before, each sale; as the ledger has it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.core import audit, thai
from marketplace.core.documents.responses import download_response
from marketplace.ledger.periods import InvalidPeriod, Period, month_period, parse_period
from marketplace.ledger.queries import COUNTRY, MonthIncome, declared_sales_of, income_change
from marketplace.producers.permissions import Act
from marketplace.villages.permissions import own_villages
from search.requests import page_number
from shop.fees.queries import rules_on
from shop.reports.comparing import ComparingForm
from shop.reports.pictures.bars import declared_chart, months_chart
from shop.reports.told_change import told_change
from shop.workbench import exports
from shop.workbench.access import workbench
from shop.workbench.queries.income import (
    entries_of,
    month_of,
    months_of,
    payouts_of,
    years_among,
)
from shop.workbench.queries.owed import Month

BARS = 12


@workbench(Act.SEE_MONEY)
@require_safe
def months(request):
    found = months_of(request.producer)
    context = {
        "months": found,
        "this_month": found[0],
        "last_month": found[1],
        "chart": months_chart([_bar(month) for month in found[:BARS][::-1]]),
        "declared_chart": declared_chart(found[:BARS][::-1]),
        "has_declared": any(month.declared_satang for month in found),
        "years": years_among(found),
        "villages": own_villages(request.user),
        "this_year": thai.fiscal_year_be(thai.today()),
        "takes_fees": bool(rules_on(thai.today())),
        "declared": declared_sales_of(request.producer, found[0].period),
    }
    return render(request, "workbench/income.html", context)


def _bar(month: Month) -> MonthIncome:
    return MonthIncome(
        month=month.period.first,
        sold_satang=month.sums.net_satang,
        refunded_satang=month.back_satang,
    )


@workbench(Act.SEE_MONEY)
@require_safe
def why(request):
    """Why what shoppers paid for this producer's things changed: a sentence, a picture, a table."""
    form = ComparingForm(request.GET)
    told = None
    if form.is_valid():
        change = income_change(COUNTRY, form.wanted, form.before, request.producer.pk)
        told = told_change(change, request.producer.display_name)
    context = {"form": form, "told": told}
    return render(request, "workbench/income_why.html", context, status=200 if told else 400)


@workbench(Act.SEE_MONEY)
@require_safe
def month(request, key: str):
    period = _period(key)
    if len(period.months) > 1:
        raise Http404
    context = {
        "month": month_of(request.producer, period),
        "listing": entries_of(request.producer, period, page_number(request.GET.get("page", ""))),
        "payouts": payouts_of(request.producer, period),
        "is_this_month": period == month_period(thai.today()),
        "declared": declared_sales_of(request.producer, period),
    }
    return render(request, "workbench/income_month.html", context)


@workbench(Act.SEE_MONEY)
@require_safe
def month_csv(request, key: str):
    """A month, quarter or fiscal year as a file; who took it is written down."""
    period = _period(key)
    audit.note(
        actor=request.user,
        act="income.export",
        target=f"producer:{request.producer.pk}",
        period=period.key,
    )
    return download_response(exports.income_document(request.producer, period), "csv")


def _period(key: str) -> Period:
    """A period that has begun; raises Http404."""
    try:
        period = parse_period(key)
    except InvalidPeriod as error:
        raise Http404 from error
    if period.first > thai.today():
        raise Http404
    return period
