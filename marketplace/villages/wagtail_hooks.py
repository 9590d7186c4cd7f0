from wagtail import hooks

from marketplace.villages.wagtail_views import REGISTERS


@hooks.register("register_admin_viewset")
def register_villages():
    return list(REGISTERS)
