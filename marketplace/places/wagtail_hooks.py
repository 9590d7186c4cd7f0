from wagtail import hooks

from marketplace.places.wagtail_views import REGISTERS


@hooks.register("register_admin_viewset")
def register_places():
    return list(REGISTERS)
