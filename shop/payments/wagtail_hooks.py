from wagtail import hooks

from shop.payments import wagtail_books, wagtail_views


@hooks.register("register_admin_viewset")
def register_payments():
    return [*wagtail_views.REGISTERS, *wagtail_books.REGISTERS]
