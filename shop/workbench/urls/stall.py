from django.urls import path

from shop.workbench.views import stall, telling

urlpatterns = [
    path("", stall.sell, name="stall-sell"),
    path("other/", telling.other, name="stall-other"),
    path("<int:pk>/", telling.more, name="stall-more"),
    path("receipts/<int:pk>/", telling.receipt, name="stall-receipt"),
    path("sales/<str:key>/", stall.sales, name="stall-sales"),
    path("sales/<int:pk>/take-back/", stall.undo, name="stall-take-back"),
]
