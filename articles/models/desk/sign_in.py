"""Who signed in where, by what second factor, and who guesses at the door."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MARK = 64  # characters of a SHA-256


class SignIn(models.Model):
    """One sign-in, kept for a year after its session is over: by it a browser is known the next time.

    `mark` is the fingerprint of the browser's own cookie, never the cookie; `admitted_at` says that the second factor
    was there too, where one is needed.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, blank=True)  # '' when the session is over
    mark = models.CharField(max_length=MARK)
    browser = models.CharField(_("browser"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=60, blank=True)
    at = models.DateTimeField(_("signed in"))
    admitted_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-at", "-pk"]
        default_permissions = []  # each sees their own, and no role more
        indexes = [
            models.Index(fields=["user", "mark"], name="sign_in_of_browser"),
            models.Index(fields=["session_key"], name="sign_in_of_session", condition=~models.Q(session_key="")),
        ]

    def __str__(self):
        return f"{self.user} · {self.browser}"


class Passkey(models.Model):
    """A key in a phone, a computer or a stick, as WebAuthn registered it. `data`: fido2's AttestedCredentialData."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    name = models.CharField(_("name"), max_length=60)
    credential = models.CharField(max_length=MARK, unique=True)  # SHA-256 of its id, which may be 1,023 bytes long
    data = models.BinaryField()
    count = models.PositiveBigIntegerField(default=0)  # of its signatures; one that falls back is a copy
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    used_at = models.DateTimeField(_("last used"), null=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ["created_at", "pk"]
        default_permissions = []

    def __str__(self):
        return self.name


class RecoveryCode(models.Model):
    """For who has lost the phone: works once. The code itself is shown when it is made and stored nowhere."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    mark = models.CharField(max_length=MARK)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        ordering = ["pk"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["user", "mark"], name="recovery_code_once")]

    def __str__(self):
        return str(self.user)


class Guesses(models.Model):
    """How often something was tried in vain by one sender, and until when the door stays shut for them."""

    key = models.CharField(max_length=MARK, primary_key=True)  # a fingerprint: names and addresses are not kept here
    number = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    shut_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("failed attempts")
        verbose_name_plural = _("failed attempts")
        default_permissions = []

    def __str__(self):
        return self.key[:8]
