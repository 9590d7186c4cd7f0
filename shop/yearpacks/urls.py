from django.urls import path

from shop.yearpacks import views

app_name = "yearpacks"
urlpatterns = [path("income/year-packs/", views.year_packs, name="list")]
