"""Bring provinces, amphoe, tambon, postcodes and successions up to the installed geothai."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.errors import DomainError
from marketplace.places.importing import ImportReport, import_register
from marketplace.places.official import read_register
from marketplace.places.points import read_points


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--points", type=Path, metavar="FILE", help="CSV of tambons: code, lat, lon"
        )

    def handle(self, *, points: Path | None, **options) -> None:
        try:
            read = read_points(points) if points else {}
        except (DomainError, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        say = self.stdout.write if options["verbosity"] else lambda line: None
        report = import_register(read_register(), read, say)
        self._print(report, say)

    def _print(self, report: ImportReport, say) -> None:
        say(f"geothai {report.release}")
        for table, counts in report.tables.items():
            say(
                f"{table:<10} read {counts.read} = created {counts.created}"
                f" + updated {counts.updated} + unchanged {counts.unchanged};"
                f" removed {counts.removed}, renamed {counts.renamed},"
                f" newer name kept {counts.name_kept}"
            )
        if report.unplaced:
            say(f"left out, without a known parent or level: {' '.join(report.unplaced)}")
