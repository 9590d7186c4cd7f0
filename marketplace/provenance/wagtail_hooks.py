from wagtail import hooks

from marketplace.provenance.wagtail_categories import CategoryRegister
from marketplace.provenance.wagtail_views import REGISTERS


@hooks.register("register_admin_viewset")
def register_imports_and_categories():
    return [CategoryRegister(), *REGISTERS]
