from django.core.management.base import BaseCommand

from articles.readers import comments


class Command(BaseCommand):
    help = "Blanks the senders of readers' comments that are older than 30 days. For cron, once a day."

    def handle(self, **options):
        self.stdout.write(f"{comments.forget_senders()} senders forgotten.")
