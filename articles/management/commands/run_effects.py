from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles import outbox
from articles.models import Effect

MOST_SHOWN = 50


class Command(BaseCommand):
    help = "Does what is owed after changes: purges, receipts, entries of the search. A server does so by itself."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now and end, instead of going on")

    def handle(self, *, once, **options):
        if not once:
            outbox.thread.run()
        done = 0
        while number := outbox.run_due():
            done += number
        outbox.prune()
        self.stdout.write(_("%(number)s effects done.") % {"number": done})
        for effect in Effect.objects.stuck()[:MOST_SHOWN]:
            self.stderr.write(
                _("Still owed after %(number)s attempts: %(effect)s: %(error)s")
                % {"number": effect.attempts, "effect": effect, "error": effect.last_error}
            )
