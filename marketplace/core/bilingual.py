"""Thai is the source of truth, English is optional: one function picks."""

from django.utils.translation import get_language


def pick(thai: str, english: str) -> str:
    """Return the English text on English pages where there is one, else the Thai text."""
    return english if english and (get_language() or "th").startswith("en") else thai


class Titled:
    """What has a Thai title and perhaps an English one."""

    title_th: str
    title_en: str

    @property
    def title(self) -> str:
        return pick(self.title_th, self.title_en)

    @property
    def title_is_thai(self) -> bool:
        """Whether English pages have to say that the title is Thai."""
        return not self.title_en
