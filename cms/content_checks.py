"""What a page must have before the public sees it: its pictures in words, and people's consent.

Checked by the form where a curator publishes, and once more as the page is saved, since a job, a
reviewer's button and a list of ticked pages publish without that form.
"""

from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cms.media.models import Picture


def remarks_on_pictures(pictures: Iterable[Picture | None], language: str) -> list[str]:
    """Say what each picture lacks in the language of its page; each picture once."""
    once = {picture.pk: picture for picture in pictures if picture is not None}
    return [remark for picture in once.values() for remark in _lacks(picture, language)]


def _lacks(picture: Picture, language: str) -> Iterable[str]:
    if not picture.alt_in(language).strip():
        yield format_lazy(_ALT[language], title=picture.title)
    if picture.lacks_consent:
        yield format_lazy(_CONSENT, title=picture.title)


_ALT = {
    "th": _("Picture “{title}”: write what it shows in Thai."),
    "en": _("Picture “{title}”: write what it shows in English."),
}
_CONSENT = _(
    "Picture “{title}”: say that nobody can be recognised in it, or that the people have agreed."
)
