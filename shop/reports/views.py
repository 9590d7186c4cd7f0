"""What a village earned, as the public may see it. Staff: backoffice.py."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core import thai
from marketplace.core.page_cache import cacheable
from marketplace.ledger.disclosure import village_income as public_income
from marketplace.ledger.periods import month_period, twelve_months_to, year_period
from marketplace.villages.addresses import village_slug, village_url
from marketplace.villages.models import Village
from shop.reports.pictures.bars import public_chart


@require_safe
@cacheable
def village_income(request, code: str, slug: str):
    """Twelve months and two fiscal years of a village, exact or in bands."""
    village = get_object_or_404(
        Village.objects.select_related("tambon__amphoe__province"), code=code
    )
    if slug != village_slug(village.name_th):
        return redirect("reports:village-income", code, village_slug(village.name_th))
    today = thai.today()
    this_year = thai.fiscal_year_be(today)
    years = [year_period(this_year), year_period(this_year - 1)]
    months = [month_period(month) for month in twelve_months_to(today)]
    incomes = public_income(code, [*years, *months])
    context = {
        "village": village,
        "this_year": incomes[0],
        "last_year": incomes[1],
        "months": incomes[2:],
        "has_bands": any(not income.is_exact for income in incomes),
        "chart": public_chart(incomes[2:]),
        "counted_at": timezone.now(),
        "crumbs": [
            (village.display_name, village_url(code, village.name_th)),
            (_("Income"), None),
        ],
    }
    return render(request, "reports/village_income.html", context)
