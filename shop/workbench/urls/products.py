from django.urls import path

from shop.workbench.views import products

urlpatterns = [path("", products.products, name="products-list")]
