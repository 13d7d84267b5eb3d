from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.editorial import photos


class Command(BaseCommand):
    help = "Deletes the files of photos that were deleted, and of uploads that broke off. For cron, once a day."

    def handle(self, **options):
        number = 0
        for name in photos.clear():
            number += 1
            self.stdout.write(name)
        self.stdout.write(_("%(number)s pictures without a photo deleted.") % {"number": number})
