from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from articles.identity import factors, sessions


class Command(BaseCommand):
    help = "Takes the second factor from somebody who has lost it; they set up another when they next sign in."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user {username}.")
        factors.reset(user)
        self.stdout.write(f"The second factor of {username} is reset; {sessions.end_all(user)} sessions ended.")
