"""Work that waits, through the real services: for the producers who sign in, and for curators."""

from decimal import Decimal

from deploy.demo.builders import make_photo
from deploy.demo.loading.shelves import picture_name
from deploy.demo.vocabulary.desks import DESKS, Desk, Piece
from marketplace.core import money
from marketplace.producers.models import Producer
from marketplace.producers.services import change_storefront
from marketplace.provenance import services
from marketplace.provenance.models import CategoryName, Provenance, StockKind


def load_desks(producers: dict[str, Producer], curator) -> int:
    """Lay out every desk but its orders; returns how many things wait for review."""
    return sum(_load_desk(desk, producers[desk.producer_key], curator) for desk in DESKS)


def _load_desk(desk: Desk, producer: Producer, curator) -> int:
    owner = producer.memberships.order_by("pk").first().user
    if any(desk.notice):
        _put_up(desk.notice, producer, owner)
    if desk.draft:
        _begin(desk.draft, producer, owner)
    waiting = [_send_in(piece, producer, owner, curator) for piece in desk.sent_in]
    if desk.added_to_the_first_th:
        waiting.append(_propose(desk.added_to_the_first_th, producer, owner))
    return sum(waiting)


def _put_up(notice: tuple[str, str], producer: Producer, owner) -> None:
    change_storefront(
        producer=producer,
        story_th=producer.story_th,
        story_en=producer.story_en,
        notice_th=notice[0],
        notice_en=notice[1],
        by=owner,
    )


def _begin(piece: Piece, producer: Producer, owner) -> None:
    """A form as it is left in the evening: photos, a name, a price, the rest tomorrow."""
    photos = [make_photo(producer, name=picture_name(key)) for key in piece.picture_keys]
    draft = services.start_draft(producer=producer, by=owner)
    data = {
        "title_th": piece.title_th,
        "description_th": piece.description_th,
        "otop_type": piece.otop_type,
        "stock_kind": StockKind.IN_STOCK.value,
        "price_baht": str(piece.price_baht),
        "quantity": str(piece.stock),
        "photos": [str(photo.pk) for photo in photos],
    }
    services.save_draft(draft=draft, data=data, version=draft.version, by=owner)


def _send_in(piece: Piece, producer: Producer, owner, curator) -> bool:
    """Send a product in, and refuse it where its plan says so; whether it waits."""
    made = services.create_product(
        producer=producer,
        title_th=piece.title_th,
        title_en=piece.title_en,
        description_th=piece.description_th,
        otop_type=piece.otop_type,
        is_alcoholic=False,  # so its maker says; a curator looks
        categories=[CategoryName.objects.get(category__code=piece.category).category],
        price_satang=money.to_satang(Decimal(piece.price_baht)),
        quantity=piece.stock,
        weight_grams=piece.weight_grams,
        pictures=[picture_name(key) for key in piece.picture_keys],
        by=owner,
    )
    services.submit_product(provenance=made, by=owner)
    if piece.refused_th:
        services.refuse_product(provenance=made, reason=piece.refused_th, by=curator)
    return not piece.refused_th


def _propose(words_th: str, producer: Producer, owner) -> bool:
    rows = Provenance.objects.filter(producer=producer, status=Provenance.Status.PUBLIC)
    first = rows.select_related("product").order_by("pk").first()
    facts = {"description_th": f"{first.product.description}\n\n{words_th}"}
    return bool(services.propose_change(provenance=first, facts=facts, by=owner))
