"""The form at the door: the password, judged as often as the sender may still try."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.editorial import trail
from articles.editorial.logins import is_open_door

from . import browsers, factors, lockout, sessions

LOCKED = "locked"


def knock(name, request):
    """Count an attempt to sign in: (what was counted, the words under which it begins anew when it was right)."""
    cookie = browsers.mark_of(browsers.cookie_of(request))
    mark = cookie if sessions.is_known(name, cookie) else ""
    who = ("password", name.casefold(), *lockout.sender(mark))
    shared = () if mark else ((lockout.SHARED, "address", trail.address.get()),)
    return lockout.knock((lockout.OWN, *who), *shared), who


def knock_factor(user, request):
    """Count an attempt at the second factor, of this sender and, of unknown ones together, of the account."""
    cookie = browsers.mark_of(browsers.cookie_of(request))
    mark = cookie if sessions.is_known(user.get_username(), cookie) else ""
    who = ("factor", user.pk, *lockout.sender(mark))
    shared = () if mark else ((lockout.SHARED, "factors", user.pk),)
    return lockout.knock((lockout.OWN, *who), *shared), who


def say_wait(seconds):
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many attempts. Try again in %(number)d minute.",
        "Too many attempts. Try again in %(number)d minutes.",
        minutes,
    ) % {"number": minutes}


class LoginForm(AdminAuthenticationForm):
    def clean(self):
        name = self.cleaned_data.get("username")
        if not name or not self.cleaned_data.get("password"):
            return super().clean()
        knocked, who = knock(name, self.request)
        if knocked.wait:
            trail.record(None, "sign_in", person=name[:30], outcome=trail.REFUSED)
            raise ValidationError(say_wait(knocked.wait), code=LOCKED)
        found = super().clean()
        lockout.open_door(knocked, who)
        return found

    def confirm_login_allowed(self, user):
        """Who gave the right password and is refused all the same stands in the trail: Django tells nobody of it."""
        try:
            super().confirm_login_allowed(user)
            if is_open_door(user, self.cleaned_data.get("password")):
                raise ValidationError(_("This demo password is not valid here: have an administrator set another."))
        except ValidationError:
            trail.record(user, "sign_in", outcome=trail.REFUSED)
            raise

    def is_locked(self):
        return self.has_error(NON_FIELD_ERRORS, LOCKED)


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def __init__(self, *args, request=None, **kwargs):
        self.request, self.kind, self.is_locked = request, None, False
        super().__init__(*args, **kwargs)

    def clean_code(self):
        user = self.request.user
        knocked, who = knock_factor(user, self.request)
        if knocked.wait:
            self.is_locked = True
            trail.record(user, "second_factor", user, outcome=trail.REFUSED)
            raise ValidationError(say_wait(knocked.wait))
        self.kind = factors.accept(user, self.cleaned_data["code"])
        if self.kind is None:
            trail.record(user, "second_factor", user, outcome=trail.FAILED)
            raise ValidationError(_("This code is not right, or was used already."))
        lockout.open_door(knocked, who)
        return self.cleaned_data["code"]


class ConfirmForm(forms.Form):
    """The password once more, by who is signed in."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args, request=None, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self):
        user = self.request.user
        who = ("confirm", user.pk, *lockout.sender(""))
        knocked = lockout.knock((lockout.OWN, *who))
        if knocked.wait:
            raise ValidationError(say_wait(knocked.wait))
        if not user.check_password(self.cleaned_data["password"]):
            trail.record(user, "confirm", user, outcome=trail.FAILED)
            raise ValidationError(_("The password is not right."))
        lockout.open_door(knocked, who)
        return self.cleaned_data["password"]


class TotpForm(forms.Form):
    code = forms.CharField(
        label=_("Code that the app shows"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
