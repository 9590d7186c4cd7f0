"""Draw places/outlines.json anew from a GeoJSON of amphoes or provinces with official codes."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.errors import DomainError
from marketplace.places import outlines
from marketplace.places.outlining import draw_outlines


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("geojson", type=Path, metavar="FILE")
        parser.add_argument("--output", type=Path, default=outlines.FILE)

    def handle(self, *, geojson: Path, output: Path, **options) -> None:
        try:
            drawn = asdict(draw_outlines(geojson))
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        # A province a line, so that a changed border is a changed line.
        provinces = ",\n".join(
            f"{json.dumps(code)}:{_compact(rings)}"
            for code, rings in drawn.pop("provinces").items()
        )
        rest = ",\n".join(f"{json.dumps(key)}:{_compact(value)}" for key, value in drawn.items())
        output.write_text(f'{{{rest},\n"provinces":{{\n{provinces}\n}}}}\n', encoding="utf-8")
        self.stdout.write(f"{output.name}: {output.stat().st_size} bytes")


def _compact(value) -> str:
    return json.dumps(value, separators=(",", ":"))
