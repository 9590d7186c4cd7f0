"""From a form that was sent to a sale: for a producer's own pages and for the officers' desk."""

from django.contrib.auth.models import AbstractBaseUser

from shop.stall.doubts import doubts_about
from shop.stall.errors import CannotDeclare
from shop.stall.forms import ToldForm
from shop.stall.queries import sale_of_form
from shop.stall.services import Declared, declare_sale


def tell(form: ToldForm, *, by: AbstractBaseUser, as_officer: bool = False) -> Declared | None:
    """Record what a form tells; None where the form has something to say first.

    What is wrong stands beside its field; what only sounds odd stands in `form.doubts`, until the
    form comes again with their key. The picture is kept in either case. A form that told its sale
    before is not doubted: the first sale.
    """
    form.keep_photo(by)
    if not form.is_valid():
        return None
    earlier = sale_of_form(form.producer, form.token)
    if earlier:
        return Declared(earlier, False)
    form.doubts = doubts_about(
        producer=form.producer,
        what=form.what,
        amount_satang=form.told_satang,
        sold_on=form.cleaned_data["sold_on"],
    )
    if form.doubts and form.data.get("confirmed") != form.doubts.key:
        return None
    try:
        return declare_sale(
            producer=form.producer,
            product=form.what,
            form_token=form.token,
            by=by,
            as_officer=as_officer,
            **form.facts,
        )
    except CannotDeclare as refusal:
        form.doubts = None
        form.refuse(refusal)
        return None
