from django.urls import path

from marketplace.places import views

app_name = "places"
urlpatterns = [path("complete/", views.complete, name="complete")]
