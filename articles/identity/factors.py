"""The second factor: who must have one, what each has, how it is proven, made and taken away."""

import hashlib
import re
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from articles.editorial import logins, notices, trail
from articles.models import Passkey, RecoveryCode

# Who may change what readers see, or who may do what.
RIGHTS = [
    *("articles.publish_article", "articles.jump_article"),
    *(f"auth.{verb}_{noun}" for verb in ("add", "change", "delete") for noun in ("user", "group")),
]
CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
TOTP, PASSKEY, RECOVERY = "totp", "passkey", "recovery"


def needs(user):
    """Whether the desk stays shut for this person without one; a superuser has every right."""
    if settings.DEMO and user.username in logins.USERNAMES:
        return False
    return any(user.has_perm(right) for right in RIGHTS)


def has(user):
    return _totp(user).exists() or user.passkeys.exists()


def own(user):
    """What the person has: [(kind, name, made, last used, number)]."""
    apps = [(TOTP, _("Authenticator app"), one.created_at, one.last_used_at, one.pk) for one in _totp(user)]
    return apps + [(PASSKEY, one.name, one.created_at, one.used_at, one.pk) for one in user.passkeys.all()]


# Proving it


def accept(user, typed):
    """The kind of factor that `typed` proves, a code of the app or a recovery code; None where it proves nothing."""
    code = re.sub(r"[\s-]", "", typed).lower()
    if re.fullmatch(r"[0-9]{6}", code):
        found = any(verify_token(user, device.persistent_id, code) for device in _totp(user))
        return TOTP if found else None
    return RECOVERY if code and _spend(user, code) else None


def _spend(user, code):
    """One DELETE: of two requests with the same code one finds it."""
    deleted, _kinds = RecoveryCode.objects.filter(user=user, mark=_mark(user, code)).delete()
    if deleted:
        left = user.recovery_codes.count()
        notices.warn(user, _("A recovery code was used to sign in. %(number)d are left.") % {"number": left})
    return bool(deleted)


# Making and taking away


def new_key():
    return random_hex(20)


def address_of(user, key):
    """What the picture says to the app (otpauth://…)."""
    return TOTPDevice(user=user, key=key).config_url


def add_totp(user, key, code):
    """Take the app that shows `code` for `key`, in the place of the one before; whether the code was right."""
    code = re.sub(r"\s", "", code)
    with transaction.atomic():
        device = TOTPDevice(user=user, key=key, name="app")
        if not re.fullmatch(r"[0-9]{6}", code) or not device.verify_token(code):
            TOTPDevice.objects.filter(pk=device.pk).delete()  # a refused code leaves a row too
            return False
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        _tell(user, "factor_add", _("Authenticator app"))
    return True


def add_passkey(user, name, credential, data, count):
    with transaction.atomic():
        name = name or _("Passkey")
        Passkey.objects.create(user=user, name=name, credential=credential, data=data, count=count)
        _tell(user, "factor_add", name)


def remove(user, kind, pk):
    """Take one of the person's own away, but not the last of who must have one."""
    mine = [one for one in own(user) if (one[0], one[4]) == (kind, pk)]
    if not mine:
        raise ValidationError(_("This second factor is gone already."))
    if needs(user) and len(own(user)) == 1:
        raise ValidationError(_("You need a second factor: add another before you remove this one."))
    with transaction.atomic():
        (TOTPDevice if kind == TOTP else Passkey).objects.filter(user=user, pk=pk).delete()
        if not has(user):
            user.recovery_codes.all().delete()
        _tell(user, "factor_remove", mine[0][1])


def reset(user, by=None):
    """Take all of them from who has lost them: an administrator's, or the shell's (by None), act."""
    with transaction.atomic():
        for found in (TOTPDevice.objects.filter(user=user), user.passkeys.all(), user.recovery_codes.all()):
            found.delete()
        trail.record(by, "factor_reset", user)
        notices.warn(user, _("Your second factor was reset. You set up a new one when you next sign in."))


def make_codes(user):
    """Ten new recovery codes, shown once; the old ones are void."""
    codes = ["".join(secrets.choice(LETTERS) for _letter in range(16)) for _code in range(CODES)]
    with transaction.atomic():
        user.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, mark=_mark(user, code)) for code in codes)
        trail.record(user, "recovery_codes", user)
    return ["-".join(re.findall("....", code)) for code in codes]


def _tell(user, action, name):
    trail.record(user, action, user, {"second factor": [None, name] if action == "factor_add" else [name, None]})
    said = _("Second factor added: %(name)s.") if action == "factor_add" else _("Second factor removed: %(name)s.")
    notices.warn(user, said % {"name": name})


def note_use(user, kind, pk=None):
    trail.record(user, "second_factor", user, {"second factor": [None, kind]})
    if pk is not None:
        Passkey.objects.filter(pk=pk).update(used_at=timezone.now())


def _totp(user):
    return TOTPDevice.objects.filter(user=user, confirmed=True)


def _mark(user, code):
    return hashlib.sha256(f"{user.pk}:{code}".encode(errors="replace")).hexdigest()
