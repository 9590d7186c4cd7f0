"""New products wait for review; changed words and pictures wait while the live product stays."""

from datetime import timedelta

import pytest

from marketplace.core.models import AuditEntry, OutboxEntry
from marketplace.provenance import services
from marketplace.provenance.models import Listing, ProductChange, Provenance, Risk
from marketplace.provenance.models.provenance import with_risk
from marketplace.provenance.services import changing, errors
from marketplace.provenance.services.facts import read_facts
from tests.factories import make_member, make_producer, make_product, make_user

pytestmark = pytest.mark.django_db
Status, State = Provenance.Status, ProductChange.State


@pytest.fixture
def waiting():
    product = make_product(public=False)
    return services.submit_product(provenance=product, by=None)


@pytest.fixture
def live():
    return make_product(title_th="ผ้าฝ้าย", pictures=("a.jpg", "b.jpg"))


def propose(provenance, by=None, **facts):
    return services.propose_change(provenance=provenance, facts=facts, by=by)


def acts(provenance) -> list[str]:
    entries = AuditEntry.objects.filter(target=f"product:{provenance.product_id}")
    return list(entries.order_by("pk").values_list("act", flat=True))


def test_a_product_sent_in_waits_and_nobody_sees_it(waiting):
    first = waiting.submitted_at
    again = services.submit_product(provenance=waiting, by=None)

    assert (waiting.status, again.submitted_at) == (Status.IN_REVIEW, first)
    assert first is not None
    assert not Listing.objects.exists()
    assert acts(waiting) == ["product.in_review"]


def test_an_approved_product_is_on_sale_and_the_act_is_audited(waiting):
    reviewer = make_user()

    services.approve_product(provenance=waiting, by=reviewer, seen=waiting.submitted_at)

    assert waiting.status == Status.PUBLIC
    assert Listing.objects.filter(pk=waiting.product_id).exists()
    assert acts(waiting) == ["product.in_review", "product.public", "product.approve"]
    assert AuditEntry.objects.get(act="product.approve").actor == reviewer
    assert OutboxEntry.objects.filter(object_id=waiting.product_id).exists()


def test_a_refused_product_carries_the_reason_and_comes_in_again_at_the_end(waiting):
    first = waiting.submitted_at
    services.refuse_product(provenance=waiting, reason="  รูปมืด  ", by=None)
    assert (waiting.status, waiting.status_reason) == (Status.REFUSED, "รูปมืด")

    services.submit_product(provenance=waiting, by=None)

    assert (waiting.status, waiting.status_reason) == (Status.IN_REVIEW, "")
    assert waiting.submitted_at > first


@pytest.mark.parametrize("reason", ["", "  ", "ก" * 201])
def test_a_refusal_needs_a_reason(waiting, live, reason):
    change = propose(live, title_th="ผ้าไหม")

    with pytest.raises(errors.ReasonForRefusal):
        services.refuse_product(provenance=waiting, reason=reason, by=None)
    with pytest.raises(errors.ReasonForRefusal):
        services.refuse_change(change=change, reason=reason, by=None)

    waiting.refresh_from_db(), change.refresh_from_db()
    assert (waiting.status, change.state) == (Status.IN_REVIEW, State.WAITING)


def test_nobody_decides_twice_or_about_what_came_in_anew(waiting):
    seen = waiting.submitted_at - timedelta(seconds=1)
    with pytest.raises(errors.StaleReview):
        services.approve_product(provenance=waiting, by=None, seen=seen)
    services.refuse_product(provenance=waiting, reason="รูปมืด", by=None)

    with pytest.raises(errors.AlreadyDecided):
        services.approve_product(provenance=waiting, by=None)
    with pytest.raises(errors.AlreadyDecided):
        services.refuse_product(provenance=waiting, reason="อื่น", by=None)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.status_reason) == (Status.REFUSED, "รูปมืด")
    assert "product.approve" not in acts(waiting)


def test_nobody_decides_about_products_of_their_own_group(waiting, live):
    member = make_member(waiting.producer, "viewer").user
    make_member(live.producer, "owner", member)
    change = propose(live, title_th="ผ้าไหม")

    for decide in (
        lambda: services.approve_product(provenance=waiting, by=member),
        lambda: services.refuse_product(provenance=waiting, reason="x", by=member),
        lambda: services.approve_change(change=change, by=member),
        lambda: services.refuse_change(change=change, reason="x", by=member),
    ):
        with pytest.raises(errors.OwnProduct):
            decide()

    waiting.refresh_from_db(), change.refresh_from_db()
    assert (waiting.status, change.state) == (Status.IN_REVIEW, State.WAITING)


def test_an_alcoholic_drink_never_comes_to_review(waiting):
    wine = make_product(public=False, is_alcoholic=True)

    with pytest.raises(errors.CannotPublish):
        services.submit_product(provenance=wine, by=None)

    wine.refresh_from_db()
    assert wine.status == Status.DRAFT


def test_a_public_product_is_not_sent_in(live):
    with pytest.raises(errors.NotToBeReviewed):
        services.submit_product(provenance=live, by=None)


def test_a_product_whose_producer_may_not_sell_is_not_approved(waiting):
    producer = waiting.producer
    producer.status = "suspended"
    producer.save()

    with pytest.raises(errors.CannotPublish):
        services.approve_product(provenance=waiting, by=None)

    waiting.refresh_from_db()
    assert waiting.status == Status.IN_REVIEW
    assert "product.approve" not in acts(waiting)


def test_changed_words_and_pictures_wait_while_the_live_product_stays(live):
    change = propose(live, title_th=" ผ้าไหม ", description_th="", pictures=["b.jpg", "c.jpg"])

    assert change.before == {"title_th": "ผ้าฝ้าย", "pictures": ["a.jpg", "b.jpg"]}
    assert change.after == {"title_th": "ผ้าไหม", "pictures": ["b.jpg", "c.jpg"]}
    row = Listing.objects.get(pk=live.product_id)
    assert (row.title_th, row.picture) == ("ผ้าฝ้าย", "a.jpg")

    services.approve_change(change=change, by=make_user(), seen=change.submitted_at)

    row.refresh_from_db()
    assert (row.title_th, row.picture) == ("ผ้าไหม", "b.jpg")
    assert read_facts(live)["pictures"] == ["b.jpg", "c.jpg"]
    assert change.state == State.APPROVED
    assert acts(live)[-2:] == ["change.propose", "change.approved"]


def test_a_refused_change_leaves_the_product_and_keeps_the_reason(live):
    change = propose(live, title_th="ผ้าไหม")

    services.refuse_change(change=change, reason="ไม่ใช่ไหม", by=None)

    live.product.refresh_from_db()
    assert (change.state, change.reason) == (State.REFUSED, "ไม่ใช่ไหม")
    assert live.product.title == "ผ้าฝ้าย"
    with pytest.raises(errors.AlreadyDecided):
        services.approve_change(change=change, by=None)


def test_a_later_change_replaces_the_one_that_waits(live):
    first = propose(live, title_th="ผ้าไหม")
    same = propose(live, title_th="ผ้าไหม")
    later = propose(live, title_th="ผ้าไหมแท้")

    first.refresh_from_db()
    assert (same.pk, first.state, later.state) == (first.pk, State.REPLACED, State.WAITING)
    with pytest.raises(errors.AlreadyDecided):
        services.approve_change(change=first, by=None)

    assert propose(live, title_th="ผ้าฝ้าย") is None
    later.refresh_from_db()
    assert later.state == State.WITHDRAWN
    assert not ProductChange.objects.filter(state=State.WAITING).exists()


def test_a_change_of_what_moved_on_is_not_approved(live):
    change = propose(live, title_th="ผ้าไหม")
    live.product.title = "ผ้าลินิน"
    live.product.save()

    with pytest.raises(errors.ProductMovedOn):
        services.approve_change(change=change, by=None)

    live.product.refresh_from_db(), change.refresh_from_db()
    assert (live.product.title, change.state) == ("ผ้าลินิน", State.WAITING)


def test_only_live_products_have_changes_that_wait(waiting):
    with pytest.raises(errors.NotLive):
        propose(waiting, title_th="ใหม่")
    assert not ProductChange.objects.exists()


def test_the_first_three_and_one_in_five_are_looked_at_closely():
    new, known = make_producer(), make_producer()
    make_product(new), make_product(new)
    for _ in range(3):
        make_product(known)
    rows = [make_product(producer, public=False) for producer in [new] + [known] * 10]

    risks = {row.pk: row.risk for row in with_risk(Provenance.objects.all())}

    assert risks[rows[0].pk] == Risk.FIRST
    of_known = [risks[row.pk] for row in rows[1:]]
    assert of_known.count(Risk.SAMPLED) == 2
    assert of_known.count(Risk.ROUTINE) == 8


def test_pictures_of_changes_are_kept_while_they_wait_or_are_to_be_mended(live):
    change = propose(live, pictures=["c.jpg"])
    asked = {"a.jpg", "c.jpg", "x.jpg"}
    assert changing.pictures_of_changes(asked) == {"a.jpg", "c.jpg"}

    services.refuse_change(change=change, reason="มืด", by=None)
    assert changing.pictures_of_changes(asked) == {"a.jpg", "c.jpg"}

    services.approve_change(change=propose(live, pictures=["d.jpg"]), by=None)
    assert changing.pictures_of_changes({"d.jpg"}) == set()
