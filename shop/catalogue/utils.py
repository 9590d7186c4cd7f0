"""Closes Oscar's importer of pictures. Oscar finds `Importer` under catalogue.utils.

It unpacks tar and zip files as they come. Pictures enter through `marketplace.core.pictures` and
`manage.py import_products`.
"""

from oscar.apps.catalogue.exceptions import ImageImportError


class Importer:
    """Refuses whatever `oscar_import_catalogue_images` asks of it."""

    def __init__(self, logger, field) -> None:
        self.logger = logger

    def handle(self, dirname):
        raise ImageImportError("Pictures are not imported from archives: use import_products.")
