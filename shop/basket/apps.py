from django.urls import path
from oscar.apps.basket import apps
from oscar.core.loading import get_class


class BasketConfig(apps.BasketConfig):
    """Vouchers and saved baskets are not offered, so their addresses do not exist."""

    name = "shop.basket"

    def ready(self):
        self.summary_view = get_class("basket.views", "BasketView")
        self.add_view = get_class("basket.views", "BasketAddView")
        self.line_view = get_class("basket.views", "BasketLineView")
        self.badge_view = get_class("basket.views", "BasketBadgeView")

    def get_urls(self):
        return [
            path("", self.summary_view.as_view(), name="summary"),
            path("add/<int:pk>/", self.add_view.as_view(), name="add"),
            path("lines/<int:pk>/", self.line_view.as_view(), name="line"),
            path("badge/", self.badge_view.as_view(), name="badge"),
        ]
