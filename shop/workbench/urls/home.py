from django.urls import path

from shop.workbench.views import home

urlpatterns = [path("", home.home, name="home"), path("help/", home.help_page, name="home-help")]
