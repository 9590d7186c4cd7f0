from wagtail import hooks

from shop.payments.wagtail_views import REGISTERS


@hooks.register("register_admin_viewset")
def register_payments():
    return list(REGISTERS)
