from django.urls import path

from shop.workbench.views import storefront

urlpatterns = [
    path("", storefront.page, name="storefront-page"),
    path("preview/", storefront.preview, name="storefront-preview"),
    path("portrait/", storefront.portrait, name="storefront-portrait"),
    path("closures/", storefront.closures, name="storefront-closures"),
    path("closures/<int:pk>/lift/", storefront.lift, name="storefront-lift"),
]
