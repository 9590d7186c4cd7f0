from django.urls import path

from shop.workbench.views import products

urlpatterns = [
    path("", products.products, name="products-list"),
    path("shelves/<slug:which>/", products.products, name="products-shelf"),
    path("<int:pk>/price/", products.price, name="products-price"),
    path("<int:pk>/stock/", products.stock, name="products-stock"),
]
