from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import backup


class Command(BaseCommand):
    help = "Takes database, media and settings into one dated bundle in BACKUP_ROOT, while the site runs."

    def add_arguments(self, parser):
        parser.add_argument("--to", help="another folder than BACKUP_ROOT")
        parser.add_argument("--keep", type=int, default=48, help="how many of the newest bundles stay (48)")
        parser.add_argument("--keep-days", type=int, default=30, help="of how many days the last one stays (30)")
        parser.add_argument("--with-secrets", action="store_true", help="keys and passwords too; the name says so")

    def handle(self, *, to, keep, keep_days, with_secrets, **options):
        try:
            made = backup.make(to, keep=keep, keep_days=keep_days, secrets=with_secrets)
        except backup.Problem as problem:
            raise CommandError(str(problem)) from problem
        words = made.media._asdict() | {"bundle": made.bundle.path, "database": made.database / 10**6}
        words |= {"seconds": made.seconds, "media": made.media.bytes / 10**6, "fresh": made.media.new_bytes / 10**6}
        self.stdout.write(
            _(
                "%(bundle)s: %(seconds).1f s; database %(database).1f MB; %(files)d files of media, %(media).1f MB, "
                "of which %(fresh).1f MB are new."
            )
            % words
        )
        if made.media.links:
            self.stderr.write(_("%(links)d symbolic links among the media were left out.") % words)
