from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.editorial import trash


class Command(BaseCommand):
    help = "Deletes for good what has been in the trash for 30 days. For cron, once a day."

    def handle(self, **options):
        self.stdout.write(_("%(number)s articles deleted for good.") % {"number": trash.empty()})
