"""Remembering what was found, and telling it: once when it begins, again every hour while it lasts."""

import contextlib
import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import mail_admins
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone, translation

from articles.models import Alert

from . import failures
from .finding import find, words

AGAIN = timedelta(hours=1)
OVER_FOR = timedelta(minutes=5)  # a trouble that comes and goes within that is one, not ten
SHOWN = timedelta(hours=24)  # after its end, on the dashboard
MOST_SHOWN = 10
KEPT = timedelta(days=90)

log = logging.getLogger(__name__)


def check(at=None):
    """Look, remember, tell; the Findings. Run by many at once, it tells once."""
    at = at or timezone.now()
    found = find(at)
    for finding in found:
        if _is_news(_remembered(finding, at), at):
            _tell(finding)
    over = Alert.objects.open().exclude(kind__in=[finding.kind for finding in found])
    old = Alert.objects.filter(over_at__lt=at - KEPT)
    # Asked first: where nothing is wrong, looking every minute writes nothing.
    if over.exists():
        over.update(over_at=at)
    if old.exists():
        old.delete()
    failures.prune(at)
    return found


def shown(at=None):
    """[(Alert, its words)] for the dashboard: what is wrong now, and what was over within a day. Writes nothing."""
    at = at or timezone.now()
    known = {alert.kind: alert for alert in Alert.objects.open()}
    rows = [_as_found(finding, known.get(finding.kind), at) for finding in find(at)]
    rows += Alert.objects.filter(over_at__gt=at - SHOWN).order_by("-over_at")[:MOST_SHOWN]
    return [(alert, words(alert.kind, alert.facts)) for alert in rows]


def _as_found(finding, known, at):
    return Alert(kind=finding.kind, facts=finding.facts, raised_at=known.raised_at if known else at)


def _remembered(finding, at):
    """The open Alert of a kind, with the newest numbers; one that was over a moment ago goes on."""
    if not Alert.objects.open().filter(kind=finding.kind).exists():
        _reopen(finding.kind, at)
    try:
        with transaction.atomic():
            alert, is_new = Alert.objects.get_or_create(
                kind=finding.kind, over_at=None, defaults={"facts": finding.facts, "raised_at": at}
            )
    except IntegrityError:  # another look at the same moment was first
        alert, is_new = Alert.objects.open().get(kind=finding.kind), False
    if not is_new:
        Alert.objects.filter(pk=alert.pk).update(facts=finding.facts)
    return alert


def _reopen(kind, at):
    last = Alert.objects.filter(kind=kind, over_at__gt=at - OVER_FOR).order_by("-over_at").first()
    if last:
        with contextlib.suppress(IntegrityError), transaction.atomic():  # another look opened one
            Alert.objects.filter(pk=last.pk).update(over_at=None)


def _is_news(alert, at):
    """Whether it is ours to tell: of several who see the same one claims it."""
    untold = Q(told_at__isnull=True) | Q(told_at__lte=at - AGAIN)
    return bool(Alert.objects.filter(untold, pk=alert.pk).update(told_at=at))


def _tell(finding):
    with translation.override(settings.LANGUAGE_CODE):  # a timer and a thread know no reader
        said = words(finding.kind, finding.facts)
    log.error("Alert %s: %s", finding.kind, said)
    if settings.NOTICES_BY_MAIL and settings.ADMINS:
        try:
            mail_admins(said, f"{said}\n\n{settings.SITE_URL}/admin/", fail_silently=False)
        except OSError as error:  # every error of smtplib is one
            log.warning("The alert was not mailed: %s", error)
