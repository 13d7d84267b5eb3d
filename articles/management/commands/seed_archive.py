import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import seeding
from articles.search.rebuild import rebuild


class Command(BaseCommand):
    help = "Writes a synthetic archive into an empty database, for load: the same one for the same seed."

    def add_arguments(self, parser):
        parser.add_argument("--articles", type=int, required=True, help="how many articles")
        parser.add_argument("--seed", type=int, default=1, help="another number is another archive (1)")
        parser.add_argument("--no-pictures", action="store_true", help="leave the files of the photos out (faster)")
        parser.add_argument("--no-index", action="store_true", help="leave the search without its index (faster)")

    def handle(self, *, articles, seed, no_pictures, no_index, **options):
        bar = seeding.Bar(sys.stderr)
        try:
            seeding.seed(articles, seed, draw=not no_pictures, progress=bar.show)
        except seeding.NotEmpty as error:
            raise CommandError(_("News or sections are there already: name an empty database.")) from error
        self.stdout.write(_("%(number)d articles in %(seconds)s s: %(rate)d a second.") % bar.words(articles))
        if not no_index:
            bar = seeding.Bar(sys.stderr)
            done = rebuild(lambda done: bar.show(done, articles))
            self.stdout.write(_("%(number)d indexed in %(seconds)s s: %(rate)d a second.") % bar.words(done))
