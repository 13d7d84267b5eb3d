import sys
from concurrent.futures.process import BrokenProcessPool

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import seeding
from articles.models import Article
from articles.search.index import is_behind
from articles.search.rebuild import rebuild


class Command(BaseCommand):
    help = "Makes the index of the search anew while the site runs; readers search the old one until it is there."

    def add_arguments(self, parser):
        parser.add_argument("--if-behind", action="store_true", help="only where articles wait for it")

    def handle(self, *, if_behind, **options):
        if if_behind and not is_behind():
            return
        bar, total = seeding.Bar(sys.stderr), max(Article.objects.count(), 1)
        try:
            done = rebuild(lambda done: bar.show(min(done, total), total))
        except BrokenProcessPool as error:
            raise CommandError(
                _("A process that reads the texts was ended, for want of memory perhaps. The old index stays in use.")
            ) from error
        self.stdout.write(_("%(number)d indexed in %(seconds)s s: %(rate)d a second.") % bar.words(done))
