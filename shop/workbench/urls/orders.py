from django.urls import path

from shop.workbench.views import orders

urlpatterns = [path("", orders.parcels, name="orders-list")]
