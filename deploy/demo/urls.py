"""Mounted by marketplace/urls.py only with DEMO=1."""

from django.urls import path

from deploy.demo import views

urlpatterns = [path("codes/", views.codes, name="demo_codes")]
