from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.demo import load
from articles.editorial import logins


class Command(BaseCommand):
    help = "Loads the demo newsroom into an empty site, once, and prints its logins."

    def add_arguments(self, parser):
        parser.add_argument("--no-pictures", action="store_true", help="leave the drawn pictures out (faster)")

    def handle(self, *, no_pictures, **options):
        loaded = load.load(draw=not no_pictures)
        self.stdout.write(_("Demo newsroom loaded.") if loaded else _("News is there already: nothing was loaded."))
        if not loaded and not logins.exist():
            return
        words = {"users": ", ".join(logins.USERNAMES), "password": logins.PASSWORD}
        self.stdout.write(_("Demo logins, one of each role: %(users)s; password: %(password)s") % words)
