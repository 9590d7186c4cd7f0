from django.urls import path

from shop.workbench.views import stall

urlpatterns = [
    path("", stall.sell, name="stall-sell"),
    path("<int:pk>/", stall.more, name="stall-more"),
    path("sales/<str:key>/", stall.sales, name="stall-sales"),
    path("sales/<int:pk>/take-back/", stall.undo, name="stall-take-back"),
]
