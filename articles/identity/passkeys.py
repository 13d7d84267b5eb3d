"""Passkeys: what fido2 asks of the browser and makes of its answer. Beside the password, so presence is enough.

The site's name is the one of SITE_URL, and no other page's answer is taken. A browser makes none for an address in
digits or without HTTPS; there, passkeys are not offered (localhost is the exception that browsers make).
"""

import hashlib
import ipaddress
import struct
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from articles.editorial import roles
from articles.models import Passkey, SiteSettings

from . import factors

MOST = 10  # of one person
BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, struct.error, InvalidSignature)


class Refused(Exception):
    """The browser's answer proves nothing."""


def are_possible():
    url = urlsplit(settings.SITE_URL)
    try:
        ipaddress.ip_address(url.hostname)
    except ValueError:
        return url.scheme == "https" or url.hostname == "localhost"
    return False


def begin_adding(user):
    """(what the browser needs, what has to be kept until it answers)."""
    known = [AttestedCredentialData(bytes(one.data)) for one in user.passkeys.all()]
    entity = PublicKeyCredentialUserEntity(
        id=str(user.pk).encode(), name=user.get_username(), display_name=roles.name_of(user)
    )
    options, state = _server().register_begin(
        entity, known,
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )  # fmt: skip
    return dict(options)["publicKey"], state


def add(user, state, answer, name):
    try:
        found = _server().register_complete(state, answer)
        data = found.credential_data
        credential = hashlib.sha256(data.credential_id).hexdigest()
    except BROKEN as error:
        raise Refused from error
    if user.passkeys.count() >= MOST or Passkey.objects.filter(credential=credential).exists():
        raise Refused
    factors.add_passkey(user, name, credential, bytes(data), found.counter)


def begin_using(user):
    known = [AttestedCredentialData(bytes(one.data)) for one in user.passkeys.all()]
    if not known:
        raise Refused
    options, state = _server().authenticate_begin(known, UserVerificationRequirement.PREFERRED)
    return dict(options)["publicKey"], state


def use(user, state, answer):
    """The passkey that answered."""
    known = {bytes(one.data): one for one in user.passkeys.all()}
    try:
        answer = AuthenticationResponse.from_dict(answer)
        used = _server().authenticate_complete(state, [AttestedCredentialData(data) for data in known], answer)
        count = answer.response.authenticator_data.counter
    except BROKEN as error:
        raise Refused from error
    found = known[bytes(used)]
    # A count that does not grow is of a copy; keys that do not count say 0 always.
    grows = Q(count__lt=count) if count else Q(count=0)
    if not Passkey.objects.filter(grows, pk=found.pk).update(count=count):
        raise Refused
    return found


def _server():
    name = SiteSettings.load().name or _("Newsroom")
    entity = PublicKeyCredentialRpEntity(name=name, id=urlsplit(settings.SITE_URL).hostname)
    return Fido2Server(entity, verify_origin=lambda origin: origin == settings.SITE_URL)
