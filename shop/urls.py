"""The allow-list of the shop's addresses: Oscar's we mean to have, and ours.

Whatever is not named here does not exist: Oscar's accounts, password, wish list, offer and review
pages are not mounted. Names that its code still reverses point to pages of ours.
"""

from django.apps import apps
from django.urls import include, path
from django.views.generic import RedirectView

from shop import dashboard
from shop.checkout import pay

_account = RedirectView.as_view(pattern_name="account_home")

customer_patterns = [
    path("", _account, name="summary"),
    path("login/", RedirectView.as_view(pattern_name="account_login"), name="login"),
    path("register/", RedirectView.as_view(pattern_name="account_signup"), name="register"),
    path("logout/", RedirectView.as_view(pattern_name="account_logout"), name="logout"),
]

checkout_patterns = [
    *apps.get_app_config("checkout").get_urls(),
    path("pay/<str:token>/", pay.pay, name="pay"),
    path("state/<str:token>/", pay.payment_state, name="state"),
]

urlpatterns = [
    path("", include("shop.storefront.urls")),
    path("", include("shop.reports.urls")),
    path("", include("shop.yearpacks.urls")),
    path("workbench/", include("shop.workbench.urls")),
    path("catalogue/", apps.get_app_config("catalogue").urls),
    path("basket/", apps.get_app_config("basket").urls),
    path("checkout/", (checkout_patterns, "checkout", "checkout")),
    path("search/", apps.get_app_config("search").urls),
    path("dashboard/", dashboard.urls()),
    path("account/", (customer_patterns, "customer", "customer")),
]
