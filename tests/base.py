"""The people of the tests: rita reports, ed edits, sam is the secretary, chris editor-in-chief, ada the administrator,
phong keeps the photos, kim reckons the royalties; a stranger is anybody on the web."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

PASSWORD = "a long pass phrase for tests"
ROLES = {
    "rita": "reporter", "ron": "reporter", "ed": "editor", "bea": "editor", "phong": "photo editor",
    "sam": "secretary", "chris": "chief", "kim": "royalty clerk", "ada": "administrator",
}  # fmt: skip


def person(name):
    """The user of that name with the groups of the role; made on first use."""
    user, created = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
    if created:
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name=ROLES[name]))
    return user


def give_session(context, address, name):
    """Let a browser's context be signed in as somebody at the site of an address, without the two pages on the way that
    a test of something else has no time for."""
    client = Client()
    client.force_login(person(name))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])


def close_file(response):
    """Close the picture as a server does; `response.close` would take the test's database connection with it."""
    for close in response._resource_closers:
        close()
