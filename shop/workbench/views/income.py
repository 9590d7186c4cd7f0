"""What was earned here, month by month, as the ledger has it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.producers.permissions import Act
from shop.workbench.access import workbench


@workbench(Act.SEE_MONEY)
@require_safe
def months(request):
    return render(request, "workbench/income.html")
