from django.urls import re_path

from shop.reports import views

app_name = "reports"
urlpatterns = [
    re_path(
        r"^villages/(?P<code>[0-9]{8})/(?P<slug>[-\w]+)/income/$",
        views.village_income,
        name="village-income",
    ),
]
