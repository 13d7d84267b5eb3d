from django.core.management.base import BaseCommand

from articles.readers import reads


class Command(BaseCommand):
    help = "Makes one row a day of the hourly read counts that are older than 30 days. For cron, once a day."

    def handle(self, **options):
        self.stdout.write(f"{reads.fold()} days folded.")
