"""What the public may know of packs: which there are, and their hashes; no figure and no name."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.page_cache import cacheable
from marketplace.ledger.periods import year_label
from shop.yearpacks.queries import signed_packs

_LONGEST = 200


@require_safe
@cacheable
def year_packs(request):
    """The signed packs, and which of them has the number that somebody holds; one statement."""
    packs = [(pack, year_label(pack.fiscal_year_be)) for pack in signed_packs()]
    typed = "".join(request.GET.get("q", "")[:_LONGEST].split()).lower()
    found = [pack for pack in packs if typed and typed in (pack[0].sha256, pack[0].tables_sha256)]
    context = {
        "packs": packs,
        "typed": typed,
        "found": found[0] if found else None,
        "crumbs": [
            (_("Income of the villages"), reverse("reports:income")),
            (_("Signed fiscal years"), None),
        ],
    }
    return render(request, "yearpacks/public.html", context)
