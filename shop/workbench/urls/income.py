from django.urls import path

from shop.workbench.views import income

urlpatterns = [
    path("", income.months, name="income-months"),
    path("why/", income.why, name="income-why"),
    path("<str:key>/", income.month, name="income-month"),
    path("<str:key>/csv/", income.month_csv, name="income-csv"),
]
