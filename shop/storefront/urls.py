from django.urls import path, re_path

from shop.checkout.views import OrderView, order_proof
from shop.storefront import views

app_name = "storefront"
urlpatterns = [
    path("provinces/", views.provinces, name="provinces"),
    re_path(r"^provinces/(?P<code>[0-9]{2})/(?P<slug>[-\w]+)/$", views.province, name="province"),
    re_path(r"^villages/(?P<code>[0-9]{8})/(?P<slug>[-\w]+)/$", views.village, name="village"),
    path("producers/<int:pk>/<slug:slug>/", views.producer, name="producer"),
    path("orders/<str:token>/", OrderView.as_view(), name="order"),
    path("orders/<str:token>/proof.json", order_proof, name="order-proof"),
    path("help/", views.help_page, name="help"),
]
