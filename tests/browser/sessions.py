"""Signing in without the two pages on the way, which a test that is about something else has no time for."""

from django.conf import settings
from django.test import Client

from tests import base


def give(context, address, name):
    """Let a browser's context be signed in as somebody at the site of an address."""
    client = Client()
    client.force_login(base.person(name))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
