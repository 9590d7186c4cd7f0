from wagtail import hooks

from marketplace.accounts.wagtail_views import REGISTERS


@hooks.register("register_admin_viewset")
def register_area_grants():
    return list(REGISTERS)
