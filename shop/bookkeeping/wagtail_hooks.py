from wagtail import hooks

from shop.bookkeeping import wagtail_corrections


@hooks.register("register_admin_viewset")
def register_books():
    return list(wagtail_corrections.REGISTERS)
