from wagtail import hooks

from marketplace.producers.wagtail_views import REGISTERS


@hooks.register("register_admin_viewset")
def register_producers():
    return list(REGISTERS)
