from wagtail import hooks

from shop.fees.wagtail_views import REGISTERS


@hooks.register("register_admin_viewset")
def register_fee_rules():
    return list(REGISTERS)
