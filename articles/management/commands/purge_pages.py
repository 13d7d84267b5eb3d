from django.core.management.base import BaseCommand

from articles import pagecache
from articles.pagecache import tags


class Command(BaseCommand):
    help = (
        "Drops the kept pages that bear one of the tags, such as article-12 or section-3; all pages when none is named."
    )

    def add_arguments(self, parser):
        parser.add_argument("tags", nargs="*")
        parser.add_argument(
            "--hard", action="store_true", help="never shown again, not even while the database is down"
        )

    def handle(self, **options):
        pagecache.purge(options["tags"] or [tags.ALL], hard=options["hard"])
        self.stdout.write(f"Purged: {' '.join(options['tags']) or 'all pages'}.")
