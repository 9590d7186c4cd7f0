"""What a community story is made of."""

from collections.abc import Iterator

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms import columns
from cms.choosers import product_chooser, village_chooser
from cms.media.models import Picture
from marketplace.core.prepared import Prepared
from marketplace.provenance.models import Listing
from marketplace.provenance.queries import cards
from marketplace.villages.models import Village

# Links to pages would cost a statement a paragraph; products and villages have blocks of their own.
PARAGRAPH_FEATURES = ["h2", "h3", "bold", "ol", "ul"]
MOST_PRODUCTS = 6


_villages = Prepared(
    lambda codes: (
        Village.objects.visible()
        .filter(code__in=codes)
        .select_related("tambon__amphoe__province")
        .only(*columns.VILLAGE)
    )
)


class VillageChooserBlock(blocks.ChooserBlock):
    """A village with its places, of which closed ones are not shown."""

    target_model = Village

    class Meta:
        icon = "site"

    @cached_property
    def widget(self):
        return village_chooser.widget_class()

    def bulk_to_python(self, values):
        asked = [value for value in values if value]
        found = {row.pk: row for row in _villages(codes=asked)} if asked else {}
        return [found.get(value) for value in values]


class ProductChooserBlock(blocks.ChooserBlock):
    """A product, by the row that cards are drawn from.

    A product that is not for sale today keeps its place, so that saving the story does not lose it.
    """

    target_model = Listing

    class Meta:
        icon = "tag"

    @cached_property
    def widget(self):
        return product_chooser.widget_class()

    def bulk_to_python(self, values):
        found = {row.pk: row for row in cards([value for value in values if value])}
        return [value and (found.get(value) or _not_for_sale(value)) for value in values]

    def to_python(self, value):
        return self.bulk_to_python([value])[0]


def _not_for_sale(product_id: int) -> Listing:
    name = _("Product %(number)s, not for sale at the moment") % {"number": product_id}
    return Listing(product_id=product_id, title_th=str(name))


class PictureValue(blocks.StructValue):
    @property
    def photographer(self) -> str:
        return self.get("credit") or (self["picture"].credit if self["picture"] else "")


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        max_length=120,
        help_text=_("Empty: the credit kept with the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        value_class = PictureValue
        template = "stories/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What was said"), max_length=500)
    speaker = blocks.CharBlock(label=_("Who said it"), max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "stories/blocks/quote.html"


class ProductsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    products = blocks.ListBlock(ProductChooserBlock(), min_num=1, max_num=MOST_PRODUCTS)

    class Meta:
        icon = "tag"
        label = _("Products")
        template = "stories/blocks/products.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["rows"] = [row for row in value["products"] if row and row.listed_at]
        return context


class VillageCardBlock(blocks.StructBlock):
    village = VillageChooserBlock(label=_("Village"))

    class Meta:
        icon = "site"
        label = _("Village")
        template = "stories/blocks/village.html"


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PictureBlock(), min_num=2, max_num=8)

    class Meta:
        icon = "grip"
        label = _("Gallery")
        template = "stories/blocks/gallery.html"


class StoryBlocks(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(label=_("Text"), features=PARAGRAPH_FEATURES)
    picture = PictureBlock()
    quote = QuoteBlock()
    products = ProductsBlock()
    village = VillageCardBlock()
    gallery = GalleryBlock()


def pictures_in(value) -> Iterator[Picture]:
    """All pictures of a stream, each instance once; one statement for each kind of block."""
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, blocks.StructValue):
        for part in value.values():
            yield from pictures_in(part)
    elif isinstance(value, blocks.StreamValue | blocks.list_block.ListValue):
        for part in value:
            yield from pictures_in(getattr(part, "value", part))
