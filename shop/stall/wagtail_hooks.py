from wagtail import hooks

from shop.stall.wagtail_views import DeclaredSaleRegister


@hooks.register("register_admin_viewset")
def register_declared_sales():
    return DeclaredSaleRegister()
