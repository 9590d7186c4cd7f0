"""Who gets which answer at every address of the workbench. An address that is not here fails.

The people: nobody, a shopper, each role of producer A, an agent of A for each scope, the owner of
producer B (the stranger), and a curator. `who` names those of A's people whom the address serves.
For all others the answer is the same everywhere and cannot be declared otherwise: a visitor is
asked to sign in (302), a person of A without the right is told so (403), anybody else finds
nothing (404).

To add an address: `"workbench:<name>": Address(who=…, get=200, post=302, ids=…, body=…)`.
`ids(group)` gives the parts of the address beside `producer_id`, `body(group)` what its form sends;
both of the group of people the request is about. The machine then also sends B's ids and body to
A's addresses: `foreign` is the answer to B's body (404 where it names things, else what `post` is).
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.shop.workbench.groups import Group

MEMBERS = frozenset(("owner", "manager", "packer", "finance", "viewer"))
AGENTS = frozenset(("agent:products", "agent:orders", "agent:declared-sales", "agent:storefront"))
OUTSIDERS = frozenset(("shopper", "stranger", "curator"))
PEOPLE = ("visitor", *sorted(OUTSIDERS), *sorted(MEMBERS), *sorted(AGENTS))
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

EVERYBODY = MEMBERS | AGENTS
MONEY = frozenset(("owner", "manager", "finance"))
PACKING = frozenset(("owner", "manager", "packer", "agent:orders"))
STOREFRONT = frozenset(("owner", "manager", "agent:storefront"))
PRODUCTS = frozenset(("owner", "manager", "agent:products"))
STOCK = PRODUCTS | {"packer"}
STALL = frozenset(("owner", "manager", "finance", "agent:declared-sales"))


def nothing(group: Group) -> dict:
    return {}


@dataclass(frozen=True)
class Address:
    who: frozenset[str]
    get: int = 200
    post: int = 405
    ids: Callable[[Group], dict] = nothing
    body: Callable[[Group], dict] = nothing
    foreign: int | None = None  # the answer to B's body; None: that of `post`

    def answer(self, person: str, method: str) -> int:
        if person == "visitor":
            return 302
        if person in OUTSIDERS:
            return 404
        if person not in self.who:
            return 403
        return {"GET": self.get, "HEAD": self.get, "POST": self.post}.get(method, 405)

    @property
    def foreign_answer(self) -> int:
        return self.post if self.foreign is None else self.foreign


def texts(group: Group) -> dict:
    return {"story_th": f"เรื่อง {group.mark}", "notice_th": f"ข่าว {group.mark}"}


def days(group: Group) -> dict:
    return {"first_day": group.far_day, "last_day": group.far_day, "note_th": group.mark}


def this_month(group: Group) -> dict:
    return {"key": group.month}


def a_tap(group: Group) -> dict:
    thing = group.products["public"].product_id
    return {
        "product": thing,
        "channel": "stall",
        "form_token": f"token-of-a-form-of-a-group-{thing}",
    }


def sold_elsewhere(group: Group) -> dict:
    # Two of them: one was told already (groups.py), and would be asked about again.
    return a_tap(group) | {"quantity": 2, "sold_on": group.today}


def something_else(group: Group) -> dict:
    told = sold_elsewhere(group)
    return told | {
        "title_th": f"ของ {group.mark}",
        "otop_type": "textile",
        "income_kind": "goods",
        "amount": "99",
    }


def a_product(group: Group) -> dict:
    return {"pk": group.products["low"].product_id}


def a_form(group: Group) -> dict:
    return {
        "version": group.draft.version,
        "title_th": f"ชื่อใหม่ {group.mark}",
        "photos": [group.photo.pk],
    }


def many_photos(group: Group) -> dict:
    return {"photo": [group.photo.pk], "suffix": ["1"], "price_baht": ["100"]}


def a_parcel(group: Group) -> dict:
    return {"pk": group.parcel.pk}


def sending(group: Group) -> dict:
    return {"carrier": "thailand-post", "tracking_number": "EF582568151TH"}


MATRIX: dict[str, Address] = {
    "workbench:home": Address(EVERYBODY),
    "workbench:home-help": Address(EVERYBODY),
    "workbench:orders-list": Address(PACKING),
    "workbench:orders-sent": Address(PACKING),
    "workbench:orders-all": Address(PACKING),
    "workbench:orders-pick": Address(PACKING),
    "workbench:orders-parcel": Address(PACKING, post=302, ids=a_parcel, body=sending),
    "workbench:orders-pack": Address(PACKING, get=405, post=302, ids=a_parcel),
    "workbench:orders-unpack": Address(PACKING, get=405, post=302, ids=a_parcel),
    "workbench:orders-slip": Address(PACKING, ids=a_parcel),
    "workbench:products-list": Address(EVERYBODY),
    "workbench:products-shelf": Address(EVERYBODY, ids=lambda group: {"which": "refused"}),
    "workbench:products-price": Address(
        PRODUCTS, post=302, ids=a_product, body=lambda group: {"price": "275"}
    ),
    "workbench:products-stock": Address(
        STOCK,
        post=302,
        ids=a_product,
        body=lambda group: {"seen": 1, "step": "more"},
    ),
    "workbench:products-new": Address(
        PRODUCTS,
        get=405,
        post=302,
        body=lambda group: {"copy": group.products["low"].product_id},
        foreign=404,
    ),
    "workbench:products-change": Address(PRODUCTS, get=405, post=302, ids=a_product),
    "workbench:products-draft": Address(
        PRODUCTS, post=302, ids=lambda group: {"key": group.draft.pk}, body=a_form
    ),
    "workbench:products-bring-back": Address(
        PRODUCTS, get=405, post=302, ids=lambda group: {"key": group.draft.pk}
    ),
    "workbench:products-split": Address(
        PRODUCTS,
        get=302,
        post=302,
        ids=lambda group: {"key": group.draft.pk},
        body=many_photos,
    ),
    "workbench:income-months": Address(MONEY),
    "workbench:income-why": Address(MONEY),
    "workbench:income-month": Address(MONEY, ids=this_month),
    "workbench:income-csv": Address(MONEY, ids=this_month),
    "workbench:storefront-page": Address(STOREFRONT, post=302, body=texts),
    "workbench:storefront-preview": Address(STOREFRONT, post=200, body=texts),
    "workbench:storefront-portrait": Address(
        STOREFRONT, get=405, post=302, body=lambda group: {"do": "remove"}
    ),
    "workbench:storefront-closures": Address(STOREFRONT, post=302, body=days),
    "workbench:storefront-lift": Address(
        STOREFRONT, get=405, post=302, ids=lambda group: {"pk": group.closure.pk}
    ),
    "workbench:stall-sell": Address(STALL, post=302, body=a_tap, foreign=404),
    "workbench:stall-more": Address(
        STALL,
        post=302,
        ids=lambda group: {"pk": group.products["public"].product_id},
        body=sold_elsewhere,
    ),
    "workbench:stall-other": Address(STALL, post=302, body=something_else),
    "workbench:stall-receipt": Address(STALL, ids=lambda group: {"pk": group.receipt.pk}),
    "workbench:stall-sales": Address(STALL, ids=this_month),
    "workbench:stall-take-back": Address(
        STALL, get=405, post=302, ids=lambda group: {"pk": group.declared.pk}
    ),
}

# The only address without a producer in it: it leads to one's own.
CHOOSE = dict.fromkeys(PEOPLE, 302) | {"shopper": 404, "curator": 404}
