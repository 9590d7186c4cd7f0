"""What a report page offers of its files: some at once, others made in the background."""

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail.admin.widgets.button import HeaderButton

from shop.reports.backoffice.files import file_buttons
from shop.reports.exports.sizes import (
    formats_at_once,
    formats_in_background,
    is_too_long,
)


@dataclass(frozen=True)
class Offer:
    """The files of one question that has so many rows."""

    kind: str
    asked: Mapping[str, str]  # the fields of its address
    rows: int

    @property
    def in_background(self) -> list[str]:
        return formats_in_background(self.rows)

    @property
    def lacks_pdf(self) -> bool:
        return is_too_long("pdf", self.rows)

    def buttons(self, url: str) -> list[HeaderButton]:
        """Links to those that go out at once; `url` has a query already."""
        return file_buttons(lambda format: f"{url}&export={format}", formats_at_once(self.rows))
