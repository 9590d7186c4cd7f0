"""Addresses of the workbench. Each place has a module here: `workbench:<place>-<thing>`.

A new address is declared in tests/shop/workbench/access.py, or the build fails.
"""

from django.urls import include, path

from shop.workbench.urls import home, income, orders, photos, products, stall, storefront
from shop.workbench.views import choosing

app_name = "workbench"

places = [
    *home.urlpatterns,
    path("orders/", include(orders.urlpatterns)),
    path("products/", include(products.urlpatterns)),
    path("photos/", include(photos.urlpatterns)),
    path("stall/", include(stall.urlpatterns)),
    path("income/", include(income.urlpatterns)),
    path("storefront/", include(storefront.urlpatterns)),
]

urlpatterns = [
    path("", choosing.choose, name="choose"),
    path("<int:producer_id>/", include(places)),
]
