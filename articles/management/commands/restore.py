from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles import backup
from articles.backup.bundle import Bundle


class Command(BaseCommand):
    help = "Puts a bundle back into an empty place (DATABASE_URL, MEDIA_ROOT, ORIGINALS_ROOT) and proves it."
    requires_system_checks = []  # they must not stand in the way of the one command that helps

    def add_arguments(self, parser):
        parser.add_argument("bundle", help="its folder, or “latest”: the newest one in BACKUP_ROOT")
        parser.add_argument("--replace", action="store_true", help="also where something is; the newsroom is stopped")
        parser.add_argument("--keep-sessions", action="store_true", help="who was signed in then is so again")
        parser.add_argument("--articles", type=int, default=50, help="how many are opened in the end (50)")

    def handle(self, *, bundle, replace, keep_sessions, articles, **options):
        try:
            chosen = backup.newest(settings.BACKUP_ROOT) if bundle == "latest" else Bundle(bundle)
            for line in backup.restore(chosen, replace=replace, keep_sessions=keep_sessions, articles=articles):
                self.stdout.write(line)
        except backup.Problem as problem:
            raise CommandError(str(problem)) from problem
