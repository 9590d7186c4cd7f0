"""What villages and areas earned, as the public may see it, and how anyone can check it.

Staff: backoffice/.
"""

from pathlib import Path

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core import thai
from marketplace.core.page_cache import cacheable
from marketplace.ledger import sealing, verifier
from marketplace.ledger.disclosure import (
    BAND_EDGES_BAHT,
    FEWEST_HIDDEN_TOGETHER,
    AreaDisclosure,
    band_of,
)
from marketplace.ledger.disclosure import village_income as public_income
from marketplace.ledger.models import DayRoot
from marketplace.ledger.periods import month_period, twelve_months_to, year_period
from marketplace.ledger.public_totals import public_totals
from marketplace.ledger.queries import COUNTRY
from marketplace.places.models import Province
from marketplace.villages.addresses import village_slug, village_url
from marketplace.villages.models import Village
from shop.reports import queries
from shop.reports.change_words import public_change_sentence
from shop.reports.comparing import latest_whole_months
from shop.reports.pictures.bars import public_chart
from shop.reports.pictures.province_map import province_map
from shop.storefront.addresses import province_slug, province_url, provinces_url

ROOTS_A_PAGE = 50


@require_safe
@cacheable
def country_income(request, year: str = ""):
    """The country by province in a fiscal year, this one unless said; as counted last."""
    this_year = thai.fiscal_year_be(thai.today())
    year_be = int(year or this_year)
    totals = public_totals(year_be)
    if year and not totals:
        raise Http404
    provinces = {one.code: one for one in Province.objects.all()}
    incomes = {code: one.exact_satang for code, one in totals.items() if code in provinces}
    context = {
        "period": year_period(year_be),
        "is_this_year": year_be == this_year,
        "total": totals.get(COUNTRY),
        "map": province_map(
            incomes,
            {code: one.display_name for code, one in provinces.items()},
            lambda code: province_income_url(provinces[code]) if code in provinces else "",
        ),
        "other_years": [
            (year_period(one), _year_url(one, this_year))
            for one in queries.years_counted()
            if one != year_be
        ],
        "crumbs": [(_("Income of the villages"), None)],
    }
    return render(request, "reports/country_income.html", context)


def _year_url(year_be: int, this_year: int) -> str:
    if year_be == this_year:
        return reverse("reports:income")
    return reverse("reports:income-year", args=[year_be])


def province_income_url(province: Province) -> str:
    slug = province_slug(province.name_th)
    return reverse("reports:province-income", args=[province.code, slug])


@require_safe
@cacheable
def province_income(request, code: str, slug: str):
    """Twelve months and two fiscal years of a province, and of its amphoe this year and last."""
    province = get_object_or_404(Province, code=code)
    if slug != province_slug(province.name_th):
        return redirect(province_income_url(province))
    today = thai.today()
    this_year = thai.fiscal_year_be(today)
    years = [year_period(this_year), year_period(this_year - 1)]
    months = [month_period(month) for month in twelve_months_to(today)]
    known = AreaDisclosure(code, [month for one in (*years, *months) for month in one.months])
    incomes = [known.income(code, month) for month in months]
    context = {
        "province": province,
        "years": [known.income(code, year) for year in years],
        "months": incomes,
        "amphoe": [
            (amphoe, [known.income(amphoe.code, year) for year in years])
            for amphoe in queries.amphoe_of(code)
        ],
        "chart": public_chart(incomes),
        "counted_at": timezone.now(),
        "crumbs": [
            (_("Provinces"), provinces_url()),
            (province.display_name, province_url(province)),
            (_("Income"), None),
        ],
    }
    return render(request, "reports/province_income.html", context)


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
    *incomes, now, before = public_income(code, [*years, *months, *latest_whole_months(today)])
    context = {
        "village": village,
        "this_year": incomes[0],
        "last_year": incomes[1],
        "months": incomes[2:],
        "has_bands": any(not income.is_exact for income in incomes),
        "change": public_change_sentence(now, before),
        "chart": public_chart(incomes[2:]),
        "counted_at": timezone.now(),
        "crumbs": [
            (village.display_name, village_url(code, village.name_th)),
            (_("Income"), None),
        ],
    }
    return render(request, "reports/village_income.html", context)


@require_safe
@cacheable
def how_it_is_counted(request):
    """The rules behind every figure, in plain words."""
    context = {
        "bands": [band_of(0), *(band_of(edge * 100) for edge in BAND_EDGES_BAHT)],
        "fewest": FEWEST_HIDDEN_TOGETHER,
        "crumbs": [
            (_("Income of the villages"), reverse("reports:income")),
            (_("How it is counted"), None),
        ],
    }
    return render(request, "reports/how_it_is_counted.html", context)


# --- Proof -------------------------------------------------------------------------------------


@require_safe
@cacheable
def proof(request):
    """The root of each day, for anyone to keep, and what to check the ledger with."""
    pages = Paginator(DayRoot.objects.order_by("-day"), ROOTS_A_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "command": "python3 verifier.py export.jsonl --roots roots.json",
        "crumbs": [
            (_("Income of the villages"), reverse("reports:income")),
            (_("Proof"), None),
        ],
    }
    return render(request, "reports/proof.html", context)


@require_safe
def roots_file(request) -> HttpResponse:
    """Every day's root, as `verifier.py --roots` reads it."""
    roots = [sealing.public_root(root) for root in DayRoot.objects.order_by("day")]
    response = JsonResponse(roots, safe=False)
    response["Content-Disposition"] = 'attachment; filename="roots.json"'
    return response


@require_safe
def verifier_file(request) -> FileResponse:
    """The program that checks an export or a receipt: one file, which needs Python alone."""
    file = Path(verifier.__file__).open("rb")  # noqa: SIM115  the response closes it
    return FileResponse(file, as_attachment=True, filename="verifier.py", content_type="text/plain")
