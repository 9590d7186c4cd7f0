"""Pages of places and makers. Found by code or number; a slug that is not theirs is put right."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.page_cache import cacheable
from marketplace.places.models import Province
from marketplace.villages.addresses import village_slug
from search import engine
from search.requests import SearchRequest, page_number
from shop.storefront import queries
from shop.storefront.addresses import province_slug, province_url, provinces_url


def _list(request, **wanted):
    page = page_number(request.GET.get("page", ""))
    return engine.find(SearchRequest(page=page, **wanted))


@require_safe
@cacheable
def provinces(request):
    """All provinces under their regions."""
    context = {"regions": queries.provinces_by_region()}
    return render(request, "storefront/provinces.html", context)


@require_safe
@cacheable
def province(request, code: str, slug: str):
    found = get_object_or_404(Province, code=code)
    if slug != province_slug(found.name_th):
        return redirect(province_url(found))
    context = {
        "province": found,
        "slug": slug,
        "villages": queries.villages_selling_in(code),
        "listing": _list(request, province_code=code),
        "crumbs": [(_("Provinces"), provinces_url()), (found.display_name, None)],
    }
    return render(request, "storefront/province.html", context)


@require_safe
@cacheable
def village(request, code: str, slug: str):
    page = queries.find_village(code)
    if page is None:
        raise Http404
    if slug != village_slug(page.village.name_th):
        return redirect("storefront:village", code, village_slug(page.village.name_th))
    place = page.village.tambon.amphoe.province
    crumbs = [
        (_("Provinces"), provinces_url()),
        (place.display_name, province_url(place)),
        (page.village.display_name, None),
    ]
    context = {"place": page, "listing": _list(request, village_code=code), "crumbs": crumbs}
    return render(request, "storefront/village.html", context)


@require_safe
@cacheable
def producer(request, pk: int, slug: str):
    page = queries.find_producer(pk)
    if page is None:
        raise Http404
    if slug != page.producer.slug:
        return redirect("storefront:producer", pk, page.producer.slug)
    context = {"maker": page, "listing": _list(request, producer_id=pk)}
    return render(request, "storefront/producer.html", context)


@require_safe
@cacheable
def help_page(request):
    context = {"contact_email": settings.DEFAULT_FROM_EMAIL}
    return render(request, "storefront/help.html", context)
