from django.core.management.base import BaseCommand

from articles import alerts


class Command(BaseCommand):
    help = "Looks for what an operator must know of, and tells it by log and mail. For a timer, once a minute."

    def handle(self, **options):
        for finding in alerts.check():
            self.stderr.write(alerts.words(finding.kind, finding.facts))
