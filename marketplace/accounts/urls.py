"""Signing in, up and out, and one's own account. Nothing else on the site signs people in."""

from django.urls import include, path

from marketplace.accounts import views

urlpatterns = [
    path("", views.account, name="account_home"),
    path("", include("allauth.account.urls")),
    path("second-factor/totp/activate/", views.SetUpView.as_view(), name="mfa_activate_totp"),
    path("second-factor/", include("allauth.mfa.urls")),
]
