import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.editorial import alarms


class Command(BaseCommand):
    help = "Says what an operator has to know: full disks, work that lags, a wrong clock. Status 1 where there is any."

    def handle(self, **options):
        wrong = alarms.found()
        self.stdout.write("\n".join(wrong) or _("All is well."))
        if wrong:
            sys.exit(1)
