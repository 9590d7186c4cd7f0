from wagtail import hooks

from cms.choosers import CHOOSERS


@hooks.register("register_admin_viewset")
def register_choosers():
    return list(CHOOSERS)
