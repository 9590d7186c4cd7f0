"""People of finance, and what they do at their desks, for tests."""

from uuid import uuid4

from marketplace.accounts.roles import StaffRole
from shop.bookkeeping.services import corrections
from tests.people import staff

PUI, MAE = "50010811", "50010812"
REFUSED_ROLES = [
    StaffRole.CURATOR,
    StaffRole.REVIEWER,
    StaffRole.SUPPORT,
    StaffRole.OFFICER,
    None,
]


def keeper():
    return staff(StaffRole.FINANCE)


def propose_adjustment(producer, amount_satang=-500, *, by=None, reason="จ่ายเกิน"):
    draft = corrections.draft_adjustment(
        producer=producer, amount_satang=amount_satang, village_code="", reason=reason
    )
    return corrections.propose(draft, form_token=uuid4(), by=by or keeper())


def propose_move(sale, *, by=None, to=MAE, token=None):
    draft = corrections.draft_change_of_place(
        order_number=sale.order_number,
        line_id=sale.shares[0].line_id,
        from_village_code=PUI,
        to_village_code=to,
        reason="ทอที่บ้านแม่",
    )
    return corrections.propose(draft, form_token=token or uuid4(), by=by or keeper())
