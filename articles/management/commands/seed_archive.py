import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import seeding


class Command(BaseCommand):
    help = "Writes a synthetic archive into an empty database, for load: the same one for the same seed."

    def add_arguments(self, parser):
        parser.add_argument("--articles", type=int, required=True, help="how many articles")
        parser.add_argument("--seed", type=int, default=1, help="another number is another archive (1)")
        parser.add_argument("--no-pictures", action="store_true", help="leave the files of the photos out (faster)")

    def handle(self, *, articles, seed, no_pictures, **options):
        if articles < 1:
            raise CommandError(_("--articles takes a number from 1."))
        bar = seeding.Bar(sys.stderr)
        try:
            seeding.seed(articles, seed, draw=not no_pictures, progress=bar.show)
        except seeding.NotEmpty as error:
            raise CommandError(_("News or sections are there already: name an empty database.")) from error
        self.stdout.write(bar.summary(articles))
