"""Wagtail's pages. Its own list holds a login form of its own as well, which we do not mount."""

from django.urls import re_path
from wagtail.urls import serve_pattern

from cms import views

urlpatterns = [re_path(serve_pattern, views.serve, name="wagtail_serve")]
