"""Addresses that Stripe knows: without a language, so that they never change."""

from django.urls import path

from shop.payments import views

app_name = "payments"
urlpatterns = [
    path("webhook/", views.webhook, name="webhook"),
    path("return/<str:token>/", views.back_from_stripe, name="return"),
]
