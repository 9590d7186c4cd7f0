"""Every kind of page with somebody who may see it: where it is, and what to press there first."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page

from marketplace.provenance.models import LineOrigin
from marketplace.villages.addresses import village_url
from shop.reports.mailing.stopping import stop_url
from shop.storefront.addresses import province_url
from shop.yearpacks.models import PackDraft, YearPack
from tests.accessibility.market import Market
from tests.shop.workbench.access import MATRIX


def _nothing(page: Page) -> None:
    """Most pages are looked at as they come."""


@dataclass(frozen=True)
class Kind:
    """One kind of page. `path` is that of the Thai page; the English one stands under /en."""

    path: Callable[[Market], str]
    person: str = ""
    act: Callable[[Page], None] = _nothing
    status: int = 200


def fixed(path: str, person: str = "", act: Callable[[Page], None] = _nothing) -> Kind:
    return Kind(lambda market: path, person, act)


def named(name: str, person: str = "", **ids) -> Kind:
    return Kind(lambda market: reverse(name, kwargs=ids), person)


def _product(thing: str) -> Kind:
    return Kind(lambda market: f"/catalogue/x_{getattr(market, thing).product_id}/")


def _stop(name: str) -> Kind:
    return Kind(lambda market: urlsplit(stop_url(market.subscriptions[name])).path)


SHOP = {
    "home": fixed("/"),
    "provinces": fixed("/provinces/"),
    "province": Kind(lambda market: province_url(market.province)),
    "village": Kind(lambda market: village_url(market.village.pk, market.village.name_th)),
    "village income": Kind(
        lambda market: village_url(market.village.pk, market.village.name_th) + "income/"
    ),
    "province income": Kind(lambda market: province_url(market.province) + "income/"),
    "country income": fixed("/income/"),
    "how it is counted": fixed("/income/how-it-is-counted/"),
    "proof": fixed("/income/proof/"),
    "signed years": fixed("/income/year-packs/"),
    "signed years, a copy checked": fixed("/income/year-packs/?q=0"),
    "producer": Kind(
        lambda market: f"/producers/{market.group.producer.pk}/{market.group.producer.slug}/"
    ),
    "catalogue": fixed("/catalogue/"),
    "category": Kind(lambda market: market.category_path),
    "product": Kind(lambda market: f"/catalogue/x_{market.group.products['low'].product_id}/"),
    "product with options": _product("long_named"),
    "product sold out": _product("sold_out"),
    "search": fixed("/search/?q=ผ้า"),
    "search that finds nothing": fixed("/search/?q=ไม่มีสิ่งนี้"),
    "stories": fixed("/stories/"),
    "story": fixed("/stories/indigo/"),
    "routes": fixed("/routes/"),
    "route": fixed("/routes/r/"),
    "help": fixed("/help/"),
    "empty basket": fixed("/basket/"),
    "paid order": Kind(lambda market: f"/orders/{market.placements['preparing'].token}/"),
    "sent order": Kind(lambda market: f"/orders/{market.placements['sent'].token}/"),
    "end a monthly report": _stop("running"),
    "a monthly report that ended": _stop("ended"),
    "nothing there": Kind(lambda market: "/nothing-here/", status=404),
    "sign in": named("account_login"),
    "sign up": named("account_signup"),
    "forgotten password": named("account_reset_password"),
    "forgotten password, mail sent": named("account_reset_password_done"),
    "set password by a stale link": named("account_reset_password_from_key", uidb36="1", key="x"),
    "confirm e-mail by a stale link": named("account_confirm_email", key="x"),
    "account": named("account_home", "shopper"),
    "e-mail": named("account_email", "shopper"),
    "password": named("account_change_password", "shopper"),
    "sign in once more": named("account_reauthenticate", "shopper"),
    "second factor": named("mfa_index", "shopper"),
    "second factor asked": named("mfa_reauthenticate", "shopper"),
    "second factor set up": named("mfa_activate_totp", "agent:orders"),
    "second factor given up": named("mfa_deactivate_totp", "shopper"),
    "recovery codes": named("mfa_view_recovery_codes", "shopper"),
    "new recovery codes": named("mfa_generate_recovery_codes", "shopper"),
    "sign out": named("account_logout", "shopper"),
    "income of one's village": Kind(
        lambda market: f"/my-villages/{market.village.pk}/", "treasurer"
    ),
    "why it changed": Kind(lambda market: f"/my-villages/{market.village.pk}/why/", "treasurer"),
}


def of_workbench(name: str, person: str = "owner", status: int = 200) -> Kind:
    """A page of the group's workbench, with ids as tests/shop/workbench/access.py gives them."""
    return Kind(lambda market: workbench_path(market, name), person, status=status)


def workbench_path(market: Market, name: str, ids: dict | None = None) -> str:
    group = market.group
    kwargs = {"producer_id": group.producer.pk} | MATRIX[name].ids(group) | (ids or {})
    with override("th"):
        return reverse(name, kwargs=kwargs)


def _draft(name: str, act: Callable[[Page], None] = _nothing, to: str = "draft") -> Kind:
    return Kind(
        lambda market: workbench_path(
            market, f"workbench:products-{to}", {"key": market.drafts[name].pk}
        ),
        "owner",
        act,
    )


def _parcel(name: str) -> Kind:
    return Kind(
        lambda market: workbench_path(
            market, "workbench:orders-parcel", {"pk": market.parcels[name].pk}
        ),
        "owner",
    )


def press(selector: str) -> Callable[[Page], None]:
    return lambda page: _press(page, selector)


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def _split_without_a_price(page: Page) -> None:
    page.locator('[name="price_baht"]').first.fill("x")
    _press(page, "#main form .workbig")


FILES = {"workbench:income-csv", "workbench:stall-receipt"}
WORKBENCH = {
    name.removeprefix("workbench:"): of_workbench(name)
    for name, address in MATRIX.items()
    if address.get == 200 and name not in FILES
} | {
    "choose": fixed("/workbench/", "works-twice"),
    "not allowed": of_workbench("workbench:income-months", "packer", status=403),
    "acting for somebody": of_workbench("workbench:home", "agent:orders"),
    "empty form": _draft("empty"),
    "form with photos": _draft("full"),
    "form with what is wrong": _draft("wrong", press('button[value="submit"]')),
    "split": _draft("full", to="split"),
    "split with what is wrong": _draft("full", _split_without_a_price, "split"),
    "parcel packed": _parcel("packed"),
    "parcel sent": _parcel("sent"),
    "search that finds nothing": Kind(
        lambda market: workbench_path(market, "workbench:products-list") + "?q=ไม่มี", "owner"
    ),
}

OURS = "main"
"""In Wagtail's admin only what stands in its `main` is looked at: menus and bars are not ours."""


def _register(name: str, page: str, row: Callable[[Market], object]) -> Kind:
    return Kind(lambda market: reverse(f"{name}:{page}", args=[row(market)]), "curator")


def _village(market: Market) -> str:
    return market.village.pk


def _producer(market: Market) -> int:
    return market.group.producer.pk


def _of_producer(page: str, act: Callable[[Page], None] = _nothing) -> Kind:
    return Kind(
        lambda market: reverse(f"declared-sale-register:{page}", args=[_producer(market)]),
        "officer",
        act,
    )


def _file(row: int) -> Kind:
    """A row of one's own files, as market.py makes them."""
    link = f"main tbody tr:nth-child({row}) a"
    return Kind(lambda market: reverse("report-exports"), "finance", press(link))


STAFF = {
    "desk": named("wagtailadmin_home", "curator"),
    "review queue": named("review-queue", "reviewer"),
    "review queue, decided without a choice": Kind(
        lambda market: reverse("review-queue"), "reviewer", press('button[value="approve"]')
    ),
    "review queue, nothing waits": fixed("/cms/review/?area=ภูเก็ต", "reviewer"),
    "review of a product": Kind(
        lambda market: reverse("review-item", args=["product", market.waiting.pk]), "reviewer"
    ),
    "review of a change": Kind(
        lambda market: reverse("review-item", args=["change", market.change_pk]), "reviewer"
    ),
    "income report": named("income-report", "finance"),
    "sales behind a figure": named("income-report-shares", "finance"),
    "a sale and its events": Kind(
        lambda market: reverse("income-report-share", args=[LineOrigin.objects.first().pk]),
        "finance",
    ),
    "groups and first sales": named("report-groups", "finance"),
    "where the money comes from": named("report-flows", "finance"),
    "why did income change": named("report-change", "finance"),
    "how income is spread": named("report-distribution", "finance"),
    "files made for you": named("report-exports", "finance"),
    "a file that waits": _file(1),
    "a file being written": _file(2),
    "a file that is ready": _file(3),
    "a file that expired": _file(4),
    "a file that failed": _file(5),
    "reports by mail": named("report-mailing", "finance"),
    "targets": named("income-targets", "finance"),
    "target of an area": named("income-target", "finance"),
    "figures from before": named("income-baselines", "finance"),
    "villages": named("village-register:index", "curator"),
    "new village": named("village-register:add", "curator"),
    "village": _register("village-register", "edit", _village),
    "village looked at": _register("village-register", "inspect", _village),
    "producers": named("producer-register:index", "curator"),
    "producer": _register("producer-register", "edit", _producer),
    "producer looked at": _register("producer-register", "inspect", _producer),
    "categories": named("category-register:index", "curator"),
    "imported rows": named("import-row-register:index", "curator"),
    "payments to look at": named("attention-register:index", "finance"),
    "payment to look at": Kind(
        lambda market: reverse("attention-register:inspect", args=[market.attention.pk]), "finance"
    ),
    "the provider's book": named("movement-register:index", "finance"),
    "declared sales": named("declared-sale-register:index", "finance"),
    "a declared sale": Kind(
        lambda market: reverse("declared-sale-register:inspect", args=[market.group.declared.pk]),
        "finance",
    ),
    "whose sale it was": named("declared-sale-register:record", "officer"),
    "what was sold for a producer": _of_producer("record-for"),
    "a sale told to an officer": _of_producer("record-other"),
    "a sale told to an officer, with what is wrong": _of_producer(
        "record-other", press("#told > button")
    ),
    "a movement in both books": Kind(
        lambda market: reverse("movement-register:inspect", args=[market.movement.pk]), "finance"
    ),
    "corrections": named("correction-register:index", "finance"),
    "an adjustment proposed": Kind(
        lambda market: reverse("correction-register:adjust"), "finance", press('[value="look"]')
    ),
    "a change of place proposed": Kind(
        lambda market: (
            f"{reverse('correction-register:move')}?order={market.placements['sent'].order.number}"
        ),
        "finance",
    ),
    "months of the ledger": named("ledger-months", "finance"),
    "fiscal-year packs": named("year-packs", "finance"),
    "a signed pack": Kind(
        lambda market: reverse("year-pack", args=[YearPack.objects.get().pk]), "finance"
    ),
    "a pack to be signed": Kind(
        lambda market: reverse("year-pack-draft", args=[PackDraft.objects.get().pk]), "finance"
    ),
    "a pack signed without a look": Kind(
        lambda market: reverse("year-pack-draft", args=[PackDraft.objects.get().pk]),
        "finance",
        press('[value="sign"]'),
    ),
    "payouts": named("payout-register:index", "finance"),
    "a payout list being made": named("payout-register:make", "finance"),
    "bank accounts": named("payout-account-register:index", "finance"),
    "new bank account": named("payout-account-register:add", "finance"),
}
