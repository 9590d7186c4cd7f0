"""The page shoppers see of the makers: story, portrait, notice, days closed."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.producers.permissions import Act
from shop.workbench.access import workbench


@workbench(Act.EDIT_STOREFRONT)
@require_safe
def page(request):
    return render(request, "workbench/storefront.html")
