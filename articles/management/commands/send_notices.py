from django.core.management.base import BaseCommand

from articles.editorial.notices import mail


class Command(BaseCommand):
    help = "Mails the notices of the last day that a failing mail server left behind. For cron, every few minutes."

    def handle(self, **options):
        self.stdout.write(f"{mail.send()} messages sent.")
