from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.editorial import photos
from articles.models import Photo


class Command(BaseCommand):
    help = "Makes the sizes that photos of an earlier release lack, from their originals. May be stopped and run again."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="look at every photo, and make again what is missing")

    def handle(self, *, all, **options):
        made = failed = 0
        for photo, problem in photos.renew(Photo.objects.behind(all)):
            if problem:
                failed += 1
                self.stderr.write(_("Photo %(number)s: %(problem)s") % {"number": photo.pk, "problem": problem})
            else:
                made += 1
        self.stdout.write(_("%(made)s photos renewed, %(failed)s failed.") % {"made": made, "failed": failed})
        if failed:
            raise CommandError(_("Some photos could not be renewed."))
