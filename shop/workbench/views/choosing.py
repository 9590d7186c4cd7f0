"""Which producer to work for: straight there for most people, a list for those with several."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shop.workbench.access import workplaces_of


@never_cache
@login_required
@require_safe
def choose(request):
    workplaces = workplaces_of(request.user)
    if not workplaces:
        raise Http404
    if len(workplaces) == 1:
        return redirect("workbench:home", workplaces[0].producer.pk)
    return render(request, "workbench/choose.html", {"workplaces": workplaces})
