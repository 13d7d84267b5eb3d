from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import backup
from articles.backup import record
from articles.backup.bundle import Bundle


class Command(BaseCommand):
    help = "Reads a bundle through and names every file that is not what was written."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("bundle", nargs="?", default="latest", help="its folder; else the newest in BACKUP_ROOT")
        parser.add_argument("--max-age", type=float, metavar="HOURS", help="only: is the last backup young enough?")

    def handle(self, *, bundle, max_age, **options):
        try:
            if max_age is not None:
                self.check_age(max_age)
                return
            chosen = backup.newest(settings.BACKUP_ROOT) if bundle == "latest" else Bundle(bundle)
            wrong = backup.verify(chosen)
        except backup.Problem as problem:
            raise CommandError(str(problem)) from problem
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(_("%(bundle)s is whole.") % {"bundle": chosen})

    def check_age(self, hours):
        age = record.age()
        if age is None:
            raise CommandError(_("No backup was taken yet."))
        words = {"age": age.total_seconds() / 3600, "most": hours}
        if age > timedelta(hours=hours):
            raise CommandError(_("The last backup is %(age).1f hours old, more than %(most).1f.") % words)
        self.stdout.write(_("The last backup is %(age).1f hours old.") % words)
