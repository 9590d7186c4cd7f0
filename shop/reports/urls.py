from django.urls import path, re_path

from shop.reports import views
from shop.reports.members import views as members

app_name = "reports"
urlpatterns = [
    path("income/", views.country_income, name="income"),
    re_path(r"^income/(?P<year>25[0-9]{2})/$", views.country_income, name="income-year"),
    path("income/how-it-is-counted/", views.how_it_is_counted, name="how-it-is-counted"),
    path("income/proof/", views.proof, name="proof"),
    path("income/proof/roots.json", views.roots_file, name="roots-file"),
    path("income/proof/verifier.py", views.verifier_file, name="verifier-file"),
    re_path(
        r"^provinces/(?P<code>[0-9]{2})/(?P<slug>[-\w]+)/income/$",
        views.province_income,
        name="province-income",
    ),
    re_path(
        r"^villages/(?P<code>[0-9]{8})/(?P<slug>[-\w]+)/income/$",
        views.village_income,
        name="village-income",
    ),
    path("my-villages/", members.choose, name="own-villages"),
    re_path(r"^my-villages/(?P<code>[0-9]{8})/$", members.village, name="own-village"),
    re_path(r"^my-villages/(?P<code>[0-9]{8})/why/$", members.change, name="own-village-change"),
]
