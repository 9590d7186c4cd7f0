from wagtail import hooks

from marketplace.core.registers import Registers


@hooks.register("register_admin_viewset")
def register_menu_of_registers():
    return Registers()
