"""Who may see a village's totals: its own people, and whoever reads figures of its area."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.villages.permissions import villages_with_totals


def of_village(view: Callable) -> Callable:
    """Give a view the village of its address. Who is not signed in is asked to; a village whose
    totals one may not see is a 404, as one that does not exist."""

    @never_cache
    @require_safe
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, code: str) -> HttpResponse:
        villages = villages_with_totals(request.user)
        village = villages.select_related("tambon__amphoe__province").filter(pk=code).first()
        if village is None:
            raise Http404
        return view(request, village)

    return guarded
