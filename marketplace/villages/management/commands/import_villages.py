"""Register the villages of a list (CSV or XLSX); layouts in marketplace/villages/README.md."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from marketplace.core import spreadsheet, thai
from marketplace.core.errors import DomainError
from marketplace.villages.importing import ImportReport, import_villages
from marketplace.villages.village_lists import read_villages

MOST_PRINTED = 20


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--since", metavar="DAY", help="first day in a programme, for rows that name none"
        )
        parser.add_argument("--dry-run", action="store_true", help="count, write nothing")
        parser.add_argument(
            "--rejected", type=Path, metavar="FILE", help="write lines and reasons to a CSV"
        )

    def handle(self, *, file: Path, since: str | None, rejected: Path | None, **options) -> None:
        try:
            day: date | None = thai.parse_date(since) if since else None
            report = import_villages(read_villages(file), since=day, is_dry_run=options["dry_run"])
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        if rejected:
            rows = ((bad.line, bad.reason) for bad in report.rejections)
            rejected.write_bytes(b"".join(spreadsheet.write_csv(rows, ["line", "reason"])))
        self._print(report, is_dry_run=options["dry_run"])

    def _print(self, report: ImportReport, is_dry_run: bool) -> None:
        self.stdout.write(
            f"{'dry run: ' if is_dry_run else ''}read {report.read} = created {report.created}"
            f" + updated {report.updated} + unchanged {report.unchanged}"
            f" + rejected {report.rejected}; other name kept {report.names_kept}"
        )
        for bad in report.rejections[:MOST_PRINTED]:
            self.stdout.write(f"  {bad.line}: {bad.reason}")
        if report.rejected > MOST_PRINTED:
            self.stdout.write(f"  … {report.rejected - MOST_PRINTED} more: use --rejected FILE")
