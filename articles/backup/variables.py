"""The settings of the newsroom as its environment has them. Secrets stay out unless they are asked for."""

import os

from django.conf import settings

FILE = "settings.env"


def lines(secrets):
    """Lines for /etc/newsroom.env. A secret that is left out is named, so that nobody forgets it."""
    for name in settings.BACKUP_VARIABLES["plain"]:
        if name in os.environ:
            yield f"{name}={_quoted(os.environ[name])}"
    for name in settings.BACKUP_VARIABLES["secret"]:
        value = settings.SECRET_KEY if name == "SECRET_KEY" else os.environ.get(name)
        if value:
            yield f"{name}={_quoted(value)}" if secrets else f"# {name}=   (a secret, left out)"


def _quoted(value):
    """As systemd's EnvironmentFile and a shell read it."""
    if value and all(sign.isalnum() or sign in "_-./:@,+%=" for sign in value):
        return value
    escaped = "".join(f"\\{sign}" if sign in '"\\$`' else sign for sign in value)
    return f'"{escaped}"'
