"""Stage a list of products (CSV or XLSX) and make drafts of the rows whose village is proven."""

from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.errors import DomainError
from marketplace.provenance.imports.layouts import LAYOUTS
from marketplace.provenance.imports.staging import Report, import_products
from marketplace.provenance.models import OtopType


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", help="name of the list, the same each time; the file's name if not said"
        )
        parser.add_argument("--layout", choices=LAYOUTS, help="recognised by its headings if not")
        parser.add_argument(
            "--otop-type", choices=OtopType.values, default="", help="of a list that holds only one"
        )
        parser.add_argument("--dry-run", action="store_true", help="count, and write nothing")

    def handle(self, *, file: Path, source: str | None, **options) -> None:
        try:
            report = import_products(
                file,
                source=(source or file.stem)[:64],
                layout=options["layout"] or "",
                default_type=options["otop_type"],
                dry_run=options["dry_run"],
                say=self.stdout.write if options["verbosity"] > 1 else lambda line: None,
            )
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self._print(report, options["dry_run"])

    def _print(self, report: Report, is_dry: bool) -> None:
        counts = asdict(report)
        self.stdout.write(f"{report.source} ({report.layout})" + (" — dry run" if is_dry else ""))
        self.stdout.write(
            "read {read} = ok {ok} + warning {warning} + review {review}"
            " + rejected {rejected} + already {already}".format(**counts)
        )
        self.stdout.write(
            "placed in a tambon {placed}, village proven {villages}, drafts {drafts}".format(
                **counts
            )
        )
        for reason, rows in sorted(report.reasons.items(), key=lambda item: -item[1]):
            self.stdout.write(f"{rows:>6}  {reason}")
