"""Parcels of one's own, to pack and to send."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.producers.permissions import Act
from shop.workbench.access import workbench


@workbench(Act.PACK_ORDERS)
@require_safe
def parcels(request):
    return render(request, "workbench/orders.html")
