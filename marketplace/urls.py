"""Every address of the site. Wagtail comes last: its pages take what nothing else wants."""

from django.urls import path

urlpatterns: list[path] = []
