"""Products of one's own."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.producers.permissions import Act
from shop.workbench.access import workbench


@workbench(Act.VIEW)
@require_safe
def products(request):
    mine = request.producer.products.select_related("product").order_by("-pk")[:100]
    return render(request, "workbench/products.html", {"products": mine})
