from django.urls import path

from shop.workbench.views import drafts, products, splitting

urlpatterns = [
    path("", products.products, name="products-list"),
    path("shelves/<slug:which>/", products.products, name="products-shelf"),
    path("<int:pk>/price/", products.price, name="products-price"),
    path("<int:pk>/stock/", products.stock, name="products-stock"),
    path("<int:pk>/change/", drafts.change, name="products-change"),
    path("new/", drafts.new, name="products-new"),
    path("drafts/<uuid:key>/", drafts.draft, name="products-draft"),
    path("drafts/<uuid:key>/bring-back/", drafts.bring_back, name="products-bring-back"),
    path("drafts/<uuid:key>/split/", splitting.split, name="products-split"),
]
