from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.producers.models import Producer


class PhotoQuerySet(models.QuerySet):
    def of(self, producer: Producer):
        return self.filter(producer=producer)


class Photo(models.Model):
    """A picture that a producer sent in, cleaned: drafts name it by key, products by `name`.

    The bytes that were sent are never kept. Made and turned only by `services.photos`, which
    gives each turning a new name, because pages keep pictures for a year. Photos that nothing
    uses are forgotten after 30 days; whatever keeps one registers itself in `photo_uses`.
    """

    class Remark(models.TextChoices):
        SMALL = (
            "small",
            _(
                "This picture is too small to show the work well. Take it with the camera of the "
                "phone, or send the first one rather than a copy from a chat."
            ),
        )
        DARK = (
            "dark",
            _("This picture looks dark. By a window or outdoors in the shade its colours show."),
        )
        BLURRED = (
            "blurred",
            _(
                "This picture looks a little blurred. Hold the phone still, touch the product on "
                "the screen, and take it once more."
            ),
        )

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="photos")
    name = models.CharField(max_length=100, unique=True)  # of the clean JPEG below MEDIA_ROOT
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    remarks = models.JSONField(default=list, blank=True)
    sha256 = models.CharField(max_length=64)  # of the bytes that were sent: the same ones are known
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["producer", "sha256"], name="photo_once_a_producer")
        ]

    def __str__(self) -> str:
        return f"photo {self.pk}"

    @property
    def may_be_published(self) -> bool:
        """Whether shoppers may see it: a small one stays in drafts."""
        return self.Remark.SMALL not in self.remarks

    @property
    def sentences(self) -> list[str]:
        """The remarks, said to people."""
        return [str(self.Remark(remark).label) for remark in self.remarks]
