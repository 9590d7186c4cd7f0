from django.urls import path, re_path
from oscar.apps.catalogue import apps


class CatalogueConfig(apps.CatalogueConfig):
    """Products and categories; Oscar's ranges and reviews are not offered."""

    name = "shop.catalogue"

    def get_urls(self):
        return [
            path("", self.catalogue_view.as_view(), name="index"),
            re_path(
                r"^category/(?P<category_slug>[-\w/]+)_(?P<pk>\d+)/$",
                self.category_view.as_view(),
                name="category",
            ),
            re_path(
                r"^(?P<product_slug>[-\w]*)_(?P<pk>\d+)/$",
                self.detail_view.as_view(),
                name="detail",
            ),
        ]
