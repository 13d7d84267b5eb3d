"""The demo's logins, and the guard that keeps them out of a production site."""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

USERNAMES = ("rita", "ed", "sam", "chris", "phong", "kim", "ada")
PASSWORD = "demo-toa-soan"  # noqa: S105 (printed by `make run`; refused by the guard below everywhere else)


def exist():
    return get_user_model().objects.filter(username__in=USERNAMES).count() == len(USERNAMES)


def is_open_door(user, password):
    """A demo login with the password that everybody can read here, on a site that is no demonstration."""
    return not settings.DEMO and user.username in USERNAMES and password == PASSWORD


log = logging.getLogger(__name__)


def refuse_demo_passwords():
    """Stop a start without DEMO=1 while a demo login still has the password that everybody can read here."""
    if settings.DEMO:
        return
    try:
        users = list(get_user_model().objects.filter(username__in=USERNAMES, is_active=True))
    except DatabaseError:
        log.warning("The database did not answer at the start: demo passwords were not looked for.")
        return
    if open_doors := [user.username for user in users if user.check_password(PASSWORD)]:
        raise ImproperlyConfigured(
            f"Demo passwords are set for {', '.join(open_doors)}. Change them (manage.py changepassword) or delete "
            "these users. DEMO=1 allows them, for a demonstration only."
        )
