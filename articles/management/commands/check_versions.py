from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.editorial import evidence


class Command(BaseCommand):
    help = "Compares every version that readers saw with its digest in the trail. Changes nothing; for the night."

    def handle(self, **options):
        number = 0
        for article, version in evidence.altered():
            number += 1
            words = {"article": article, "version": version}
            self.stdout.write(_("Article %(article)s, version %(version)s: not what readers saw.") % words)
        if number:
            raise CommandError(_("%(number)s versions were altered, or are gone.") % {"number": number})
        self.stdout.write(_("Every version is what readers saw."))
