"""The root of every broken rule of the domain."""

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language


def _pick(thai: str, english: str) -> str:
    in_english = settings.configured and (get_language() or "").startswith("en")
    return english if in_english else thai


two_languages = lazy(_pick, str)
"""`two_languages(thai, english)`: a lazy sentence that is read in the language of the page.

Thai wherever no language is active, so that jobs and tools without settings can use it too.
"""


class DomainError(Exception):
    """A rule of the domain is broken; `message` is the sentence the view shows.

    A subclass sets `message` for all its cases, or each raise passes one; either may be lazy.
    """

    message = two_languages("ทำรายการนี้ไม่ได้", "This cannot be done.")

    def __init__(self, message=None):
        if message is not None:
            self.message = message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)
