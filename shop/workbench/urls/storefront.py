from django.urls import path

from shop.workbench.views import storefront

urlpatterns = [path("", storefront.page, name="storefront-page")]
