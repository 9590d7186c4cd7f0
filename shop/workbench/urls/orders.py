from django.urls import path

from shop.workbench.queries.orders import ALL, SENT, TO_PACK
from shop.workbench.views import orders

urlpatterns = [
    path("", orders.parcels, {"which": TO_PACK}, name="orders-list"),
    path("sent/", orders.parcels, {"which": SENT}, name="orders-sent"),
    path("all/", orders.parcels, {"which": ALL}, name="orders-all"),
    path("pick/", orders.pick_list, name="orders-pick"),
    path("<int:pk>/", orders.parcel, name="orders-parcel"),
    path("<int:pk>/packed/", orders.pack_parcel, name="orders-pack"),
    path("<int:pk>/unpacked/", orders.unpack_parcel, name="orders-unpack"),
    path("<int:pk>/slip/", orders.slip, name="orders-slip"),
]
