from django.urls import path, re_path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shop.review import views
from shop.review.permissions import may_review_products
from shop.review.wagtail_views import ReviewMailRegister


class ReviewMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return bool(may_review_products(request.user))


@hooks.register("register_admin_menu_item")
def register_review_menu_item():
    return ReviewMenuItem(
        _("Review"), reverse_lazy(views.QUEUE), name="review", icon_name="check", order=110
    )


@hooks.register("register_admin_urls")
def register_review_urls():
    one = r"^review/(?P<kind>product|change)/(?P<pk>[0-9]{1,15})/$"
    return [
        path("review/", views.QueueView.as_view(), name=views.QUEUE),
        re_path(one, views.ItemView.as_view(), name=views.ITEM),
    ]


@hooks.register("register_admin_viewset")
def register_mails():
    return ReviewMailRegister()
