"""What a person does at the door: types the password, reads the app's code, sets one up."""

import re
from binascii import unhexlify

from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import base

LOGIN = "/admin/login/"


def sign_in(name, client=None, password=base.PASSWORD, **headers):
    """A browser in which the form was sent, and what was answered."""
    client = client or Client()
    return client, client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"}, **headers)


def code_of(person, late=0):
    """What the app shows now, or showed some steps ago."""
    return f"{totp(unhexlify(TOTPDevice.objects.get(user=person).key), drift=-late):06d}"


def set_up(client):
    """Set up the app on the page that is open; the recovery codes."""
    client.get("/admin/enrol/")
    answer = client.post("/admin/enrol/", {"code": f"{totp(unhexlify(client.session['totp'])):06d}"})
    assert answer.headers["Location"] == "/admin/codes/"
    return re.findall(r"<code>([\w-]{19})</code>", client.post("/admin/codes/").content.decode())


def enrolled(name):
    """A person who has the app, and their recovery codes. The code that set it up is spent: the next is allowed."""
    person = base.person(name)
    client, _answer = sign_in(name)
    codes = set_up(client)
    TOTPDevice.objects.filter(user=person).update(last_t=-1)
    return person, codes
