"""Pages for the people of a village, phone first: what it earned, and why that changed."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.core import thai
from marketplace.core.numbers import id_in
from marketplace.ledger.periods import month_label
from marketplace.ledger.queries import income_change
from marketplace.villages.permissions import own_villages
from shop.reports.comparing import ComparingForm
from shop.reports.members.access import of_village
from shop.reports.members.totals import village_totals
from shop.reports.pictures.bars import declared_chart, months_chart
from shop.reports.told_change import told_change


@never_cache
@require_safe
@login_required
def choose(request):
    """Straight to one's village; a list for whoever is a member of several; 404 for others."""
    villages = list(own_villages(request.user).select_related("tambon__amphoe__province"))
    if not villages:
        raise Http404
    if len(villages) == 1:
        return redirect("reports:own-village", villages[0].pk)
    return render(request, "reports/members/choose.html", {"villages": villages})


@of_village
def village(request, village):
    totals = village_totals(village.pk, id_in(request.GET.get("year", "")) or 0, thai.today())
    context = {
        "village": village,
        "totals": totals,
        "aims": totals.beside,
        "aim": totals.beside.whole,
        "chart": months_chart(totals.months, totals.months_before),
        "declared_chart": declared_chart(totals.months),
        "months": [
            (month_label(month.month), month, before)
            for month, before in zip(totals.months, totals.months_before, strict=True)
        ][::-1],
    }
    return render(request, "reports/members/village.html", context)


@of_village
def change(request, village):
    """Why the village's income changed: a sentence, a picture and a table."""
    form = ComparingForm(request.GET)
    told = None
    if form.is_valid():
        change = income_change(village.pk, form.wanted, form.before)
        told = told_change(change, change.name)
    context = {"village": village, "form": form, "told": told}
    return render(request, "reports/members/change.html", context, status=200 if told else 400)
