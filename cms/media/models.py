"""Wagtail's pictures with what a good picture needs: words for both languages, credit, consent."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from marketplace.core import bilingual


class Picture(AbstractImage):
    alt_th = models.CharField(_("what it shows (Thai)"), max_length=255, blank=True)
    alt_en = models.CharField(_("what it shows (English)"), max_length=255, blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    shows_people = models.BooleanField(_("people can be recognised"), null=True, blank=True)
    has_consent = models.BooleanField(_("people shown have agreed"), default=False)

    admin_form_fields = (
        *Image.admin_form_fields,
        "alt_th",
        "alt_en",
        "credit",
        "shows_people",
        "has_consent",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def alt(self) -> str:
        return bilingual.pick(self.alt_th, self.alt_en)

    def alt_in(self, language: str) -> str:
        """The words of one language, without the other standing in."""
        return {"th": self.alt_th, "en": self.alt_en}[language]

    @property
    def lacks_consent(self) -> bool:
        """Whether people may be shown who were not asked; so it is until somebody has looked."""
        return self.shows_people is not False and not self.has_consent

    @property
    def default_alt_text(self) -> str:
        return self.alt


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            )
        ]
