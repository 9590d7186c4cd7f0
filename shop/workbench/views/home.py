"""What must I do now?"""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.producers.permissions import Act
from shop.workbench.access import workbench
from shop.workbench.queries.home import income_this_month, tasks_of


@workbench(Act.VIEW)
@require_safe
def home(request):
    context = {
        "tasks": tasks_of(request.producer, request.acts),
        "month": income_this_month(request.producer, request.acts),
    }
    return render(request, "workbench/home.html", context)


@workbench(Act.VIEW)
@require_safe
def help_page(request):
    context = {"contact_email": settings.DEFAULT_FROM_EMAIL}
    return render(request, "workbench/help.html", context)
