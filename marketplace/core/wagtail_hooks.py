from django.templatetags.static import static
from django.utils.html import format_html_join
from wagtail import hooks

from marketplace.core.registers import Registers


@hooks.register("register_admin_viewset")
def register_menu_of_registers():
    return Registers()


@hooks.register("insert_global_admin_css")
def write_thai_well():
    sheets = ("css/fonts.css", "backoffice/thai.css")
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets)
    )
