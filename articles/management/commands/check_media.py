from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.editorial import photos
from articles.models import Photo


class Command(BaseCommand):
    help = "Reads every picture and says which are damaged or missing. Changes nothing; for the night."

    def handle(self, **options):
        number = 0
        for photo, problem in photos.damaged(Photo.objects.order_by("pk")):
            number += 1
            self.stdout.write(_("Photo %(number)s: %(problem)s") % {"number": photo.pk, "problem": problem})
        if number:
            raise CommandError(_("%(number)s files are damaged or missing.") % {"number": number})
        self.stdout.write(_("Every picture is whole."))
