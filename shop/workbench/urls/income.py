from django.urls import path

from shop.workbench.views import income

urlpatterns = [path("", income.months, name="income-months")]
