"""A marketplace with something on every page: two groups, orders of every state, stories, reviews.

Filled once for all tests here, into the database of the running site (conftest.py).
"""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.users.models import UserProfile

from cms.home.models import FeaturedVillage
from cms.routes.models import RouteIndexPage, RoutePage
from marketplace.accounts.permissions import EVERYWHERE
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.places.models import Province
from marketplace.provenance.models import Photo, ProductDraft, Provenance
from marketplace.provenance.services import (
    OptionPlan,
    propose_change,
    save_draft,
    start_draft,
    submit_product,
    take_photo,
)
from marketplace.villages.models import Route, RouteStop, Village
from marketplace.villages.services import add_village_member
from shop.parcels.models import Parcel
from shop.parcels.services import pack_parcel, send_parcel
from shop.payments.models import Attention, Movement
from shop.payments.services.attention import note_attention
from shop.placing.models import Placement
from shop.reports.mailing.services import end, subscribe
from shop.reports.models import Export, Subscription
from shop.targets.models import Baseline, BaselineBatch
from shop.targets.services import set_target
from tests.cms.conftest import _add, body, home, make_picture, make_story
from tests.factories import (
    make_category,
    make_member,
    make_postcode,
    make_producer,
    make_product,
    make_user,
)
from tests.marketplace.accounts.sign_in import SECRET
from tests.people import staff
from tests.shop.workbench.groups import Group, make_group, order_of
from tests.shop.yearpacks.years import YEAR, ready_draft, signed
from tests.visitor import Visitor

LONG_NAME = "ผ้าไหมมัดหมี่ย้อมครามธรรมชาติลายขอเจ้าฟ้าสิริวัณณวรี ทอมือสองตะกอ หน้ากว้างหนึ่งเมตร"
LONG_GROUP = "วิสาหกิจชุมชนกลุ่มสตรีทอผ้าไหมมัดหมี่ย้อมสีธรรมชาติบ้านหนองบัวแดงสามัคคีพัฒนา"
REASON = "รูปที่ 2 มืดเกินไป มองไม่เห็นลายผ้า ถ่ายใหม่กลางแจ้งตอนเช้า แล้วส่งเข้ามาอีกครั้ง"


@dataclass
class Market:
    """What tests look at, and the session cookies of everybody who looks."""

    group: Group
    long_named: Provenance
    sold_out: Provenance
    waiting: Provenance
    change_pk: int
    drafts: dict[str, ProductDraft]
    parcels: dict[str, Parcel]
    placements: dict[str, Placement]
    category_path: str
    attention: Attention
    movement: Movement
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    @property
    def village(self) -> Village:
        return self.group.producer.home_village

    @property
    def province(self) -> Province:
        return self.village.tambon.amphoe.province


def fill_market() -> Market:
    group = make_group("นกขมิ้น", "50010811")
    make_postcode("50200", "500108")
    shelf = make_category("ผ้าไหม", make_category("ผ้า", None, "Cloth"), "Silk")
    pictures = [photo_of(group, shade) for shade in range(3)]
    names = [one.name for one in pictures]
    options = [
        OptionPlan(f"ขนาด {n} เมตร สีครามเข้มสลับขาว", f"{n} metres", 45_000 * n, 5 * (n - 1))
        for n in (1, 2, 3)
    ]
    facts = {"categories": [shelf], "description_th": "ทอด้วยกี่มือ " * 12}
    long_named = make_product(
        group.producer, title_th=LONG_NAME, options=options, pictures=names, **facts
    )
    sold_out = make_product(group.producer, title_th="ตะกร้าหวาย", stock=0, pictures=names[:1])
    waiting = submit_product(
        provenance=make_product(
            group.producer, title_th="เสื่อกกลายช้าง", public=False, pictures=names[:2]
        ),
        by=None,
    )
    _refuse(group.products["refused"])
    change = propose_change(
        provenance=group.products["public"], facts={"title_th": f"{LONG_NAME} ผืนใหม่"}, by=None
    )
    parcels, placements = _orders(group, long_named)
    _tell_stories(group, long_named)
    signed(ready_draft())
    ready_draft(content=b"of the year after", fiscal_year_be=YEAR + 1)
    _aim(group.producer.home_village)
    market = Market(
        group,
        long_named,
        sold_out,
        waiting,
        change.pk,
        _drafts(group, pictures),
        parcels,
        placements,
        f"/catalogue/category/{shelf.slug}_{shelf.pk}/",
        _attention(placements["waiting"]),
        _movement(placements["waiting"]),
    )
    people = _people(group)
    for language in ("th", "en"):
        reader = people[f"finance:{language}"]
        _files_for(reader)
        market.subscriptions = _mails_for(reader)
    market.sessions = {name: _session_of(user) for name, user in people.items()}
    return market


def photo_of(group: Group, shade: int) -> Photo:
    """A photo that was really sent: a file, its remarks, its widths."""
    upload = SimpleUploadedFile(f"{shade}.jpg", picture_bytes(shade), "image/jpeg")
    return take_photo(producer=group.producer, upload=upload, by=None)


def picture_bytes(shade: int = 0, size: tuple[int, int] = (1200, 1200)) -> bytes:
    content = BytesIO()
    woven = Image.effect_noise((60, 60), 60).resize(size)
    Image.merge("RGB", (woven, woven.rotate(90), Image.new("L", size, 60 * shade))).save(
        content, "JPEG"
    )
    return content.getvalue()


def _refuse(refused: Provenance) -> None:
    Provenance.objects.filter(pk=refused.pk).update(status_reason=REASON)


def _drafts(group: Group, pictures: list[Photo]) -> dict[str, ProductDraft]:
    """An empty form, one with photos and options, one with little that is right."""
    forms = {
        "empty": {},
        "full": {
            "title_th": LONG_NAME,
            "price_baht": "1250",
            "otop_type": "textile",
            "photos": [one.pk for one in pictures],
            "options": [{"title_th": "ขนาด 1 เมตร", "price_baht": "450", "quantity": "2"}],
        },
        "wrong": {
            "price_baht": "มาก",
            "quantity": "-1",
            "photos": [pictures[0].pk],
            "options": [{"title_th": "", "price_baht": "x", "quantity": "y"}],
        },
    }
    return {name: _draft(group, data) for name, data in forms.items()}


def _draft(group: Group, data: dict) -> ProductDraft:
    draft = start_draft(producer=group.producer, by=None)
    return save_draft(draft=draft, data=data, version=0, by=None)


def _orders(group: Group, thing: Provenance):
    child = thing.product.children.order_by("-stockrecords__num_in_stock").first()
    placements = {
        name: order_of(f"{name} นกขมิ้น", (child, 1))
        for name in ("preparing", "packed", "sent", "waiting", "by keyboard", "without scripts")
    }
    parcels = {name: one.order.parcels.get() for name, one in placements.items()}
    for name in ("packed", "sent"):
        pack_parcel(parcel=parcels[name], by=None)
    send_parcel(
        parcel=parcels["sent"], carrier="thailand-post", tracking_number="EF582568151TH", by=None
    )
    return parcels, placements


def _aim(village: Village) -> None:
    """Targets of this fiscal year for the country and the village, and what it earned before."""
    year = thai.fiscal_year_be(thai.today())
    for code in ("", village.pk):
        set_target(area_code=code, fiscal_year_be=year, amount_satang=10_000_000, by=None)
    batch = BaselineBatch.objects.create(file_name="ก่อน.csv", sha256="0", status="in-force")
    facts = {"fiscal_year_be": year - 1, "amount_satang": 5_000_000, "source": "พช."}
    Baseline.objects.create(
        **facts, batch=batch, line=2, cells={}, area_code=village.pk, confidence="low"
    )


def _attention(placement: Placement) -> Attention:
    note_attention(placement.order, Attention.Reason.AMOUNT, "pi_wrong")
    return Attention.objects.get()


def _movement(placement: Placement) -> Movement:
    """A payment that the provider's book has and our ledger has not."""
    at = timezone.now()
    facts = {"amount_satang": 81_000, "fee_satang": 4_234, "net_satang": 76_766, "currency": "thb"}
    names = {"type": "charge", "category": "charge", "source_id": "ch_lost", "payload": {}}
    movement = Movement.objects.create(
        kind=Movement.Kind.PAYMENT,
        reference="ch_lost",
        order=placement.order,
        result=Movement.Result.MISSING_HERE,
        provider_satang=76_766,
        value_satang=76_766,
        happened_at=at,
        compared_at=at,
    )
    movement.entries.create(provider_id="txn_lost", created_at=at, **facts, **names)
    return movement


def _files_for(reader) -> None:
    """Files of every state, in this order on the page; no worker has to do with them."""
    now = timezone.now()
    far = now + timedelta(days=365)
    ready = {"name": "x.csv", "size_bytes": 1_234_567, "sha256": "a1" * 32, "rows_done": 3_273}
    states = [
        {"state": "waiting", "beat_at": far},
        {"state": "working", "beat_at": far, "rows_done": 1_200, "rows_to_do": 3_273},
        {"state": "ready", "expires_at": far, **ready},
        {"state": "ready", "expires_at": now, **ready},
        {"state": "failed", "error": REASON},
    ]
    asked = {"area": "", "period": "2569", "by": "village"}
    for number, state in enumerate(states):
        Export.objects.create(
            asked_by=reader,
            asked_at=now - timedelta(minutes=number),
            kind="income",
            asked=asked,
            format="csv",
            language="th",
            key=str(number),
            **state,
        )


def _mails_for(reader) -> dict[str, Subscription]:
    usual = {"reader": reader, "language": "th", "format": "pdf"}
    ended = subscribe(area="5001", **usual)
    end(ended, Subscription.End.RIGHTS)
    return {"running": subscribe(area="50", **usual), "ended": ended}


def _tell_stories(group: Group, thing: Provenance) -> None:
    """A story and a route in both languages, on the home pages of both."""
    village = group.producer.home_village
    route = Route.objects.create(code="r", kind="community", name_th="เส้นทางคราม", name_en="Indigo")
    RouteStop.objects.create(route=route, village=village, position=1, valid_from=thai.today())
    picture, other = make_picture(credit="ธิดา", width=900), make_picture("dye", width=700)
    shown = {"picture": picture.pk, "caption": "หม้อคราม", "credit": "มานี"}
    text = body(
        ("paragraph", "<h2>เช้ามืด</h2><p>ยายตื่น<b>ตีสี่</b> แล้วก่อไฟ</p>"),
        ("picture", shown),
        ("quote", {"text": "ครามมีชีวิต", "speaker": "ยายบัว"}),
        ("products", {"heading": "ของจากหม้อนี้", "products": [thing.product_id]}),
        ("village", {"village": village.pk}),
        ("gallery", {"pictures": [shown, shown | {"picture": other.pk}]}),
    )
    for language in ("th", "en"):
        story = make_story(language, village=village, picture=picture, body=text)
        index = _add(home(language), RouteIndexPage(title="เส้นทาง", slug="routes"), language)
        _add(index, RoutePage(title="คราม", slug="r", route=route, picture=picture), language)
        front = home(language)
        front.hero_story = front.story = story
        front.save()
        FeaturedVillage.objects.create(page=front, village=village, valid_from=thai.today())


def _people(group: Group) -> dict:
    """Everybody who signs in: the group, a shopper, the staff in both languages."""
    shopper = make_user("shopper@example.com", "pha-mai-lai-kho-2569")
    totp.TOTP.activate(shopper, SECRET)
    RecoveryCodes.activate(shopper)
    works_twice = make_member(make_producer(name_th=LONG_GROUP)).user
    make_member(group.producer, "owner", works_twice)
    treasurer = make_user()
    add_village_member(
        village=group.producer.home_village,
        user=treasurer,
        role="treasurer",
        since=thai.today(),
        by=None,
    )
    people = {"shopper": shopper, "works-twice": works_twice, "treasurer": treasurer}
    people |= group.people
    for language in ("th", "en"):
        for role in (StaffRole.CURATOR, StaffRole.REVIEWER, StaffRole.FINANCE, StaffRole.OFFICER):
            person = staff(role, *EVERYWHERE) if role == StaffRole.OFFICER else staff(role)
            UserProfile.objects.create(user=person, preferred_language=language)
            people[f"{role}:{language}"] = person
    return people


def _session_of(user) -> str:
    visitor = Visitor()
    visitor.force_login(user)
    return visitor.cookies[settings.SESSION_COOKIE_NAME].value
