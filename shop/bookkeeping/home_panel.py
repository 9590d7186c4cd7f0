"""The panel of those who keep the books, on the first page of the admin."""

from wagtail.admin.ui.components import Component

from marketplace.ledger.periods import month_label
from shop.bookkeeping.queries.months import month_to_close, waiting


class KeepersPanel(Component):
    name = "keepers_desk"
    template_name = "bookkeeping/home_panel.html"
    order = 206

    class Media:
        css = {"all": ["backoffice/rows.css"]}

    def get_context_data(self, parent_context):
        month = month_to_close()
        return {"checks": waiting(), "month_to_close": month_label(month) if month else ""}
