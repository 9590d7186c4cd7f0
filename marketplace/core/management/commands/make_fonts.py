from django.core.management.base import BaseCommand

from marketplace.core import assets


class Command(BaseCommand):
    help = "Make the site's fonts from the installed font packages, where they are missing."

    def handle(self, *args, **options):
        written = assets.make_fonts()
        self.stdout.write(f"{len(written)} font files written, the others were there.")
