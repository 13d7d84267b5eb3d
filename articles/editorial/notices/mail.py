"""Notices by mail, where EMAIL_URL names a server. A notice that was read in the meantime is not sent.

Design notes
- Sent after the commit, one message a person. Nobody at the desk waits for a mail server: it has EMAIL_TIMEOUT seconds,
  and after it failed it is left alone for a while. What was not sent goes out with `manage.py send_notices`.
- A notice is claimed before it is sent, in one UPDATE: of two senders one sends. A machine that dies in between leaves
  a notice that is on the desk and not in the mail, rather than two mails.
"""

import logging
from datetime import timedelta
from functools import partial
from itertools import groupby
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Notice, SiteSettings

log = logging.getLogger(__name__)
STILL_NEWS = timedelta(hours=24)  # older ones are no news by the time they would arrive
REST = 300  # seconds for which a server that did not answer is not asked by steps of the desk
_RESTS = "notices-mail-rests"


def after_commit(notices):
    """Send these once they are stored for good."""
    if settings.NOTICES_BY_MAIL and notices:
        transaction.on_commit(partial(_try, [notice.pk for notice in notices]), robust=True)


def _try(pks):
    if not cache.get(_RESTS):
        send(Notice.objects.filter(pk__in=pks))


def send(notices=None):
    """Send what waits (of `notices`, else of the last day); how many messages went out."""
    waiting = Notice.objects.all() if notices is None else notices
    waiting = waiting.filter(
        mailed_at__isnull=True, read_at__isnull=True, created_at__gt=timezone.now() - STILL_NEWS,
        recipient__is_active=True,
    ).exclude(recipient__email="")  # fmt: skip
    rows = list(waiting.select_related("recipient").order_by("recipient_id", "pk"))
    return _deliver([list(own) for _pk, own in groupby(rows, key=lambda row: row.recipient_id)]) if rows else 0


def _deliver(letters):
    sent, site, connection = 0, SiteSettings.load().name, get_connection()
    try:
        for notices in letters:
            if mine := _claimed(notices):
                _post(mine, site, connection)
                sent += 1
    except OSError as error:  # every error of smtplib is one
        _release(mine)
        cache.set(_RESTS, True, REST)
        log.warning("Notices were not mailed, the server of EMAIL_URL failed: %s", error)
    finally:
        connection.close()
    return sent


def _claimed(notices):
    now = timezone.now()
    return [row for row in notices if Notice.objects.filter(pk=row.pk, mailed_at__isnull=True).update(mailed_at=now)]


def _release(notices):
    Notice.objects.filter(pk__in=[row.pk for row in notices]).update(mailed_at=None)


def _post(notices, site, connection):
    recipient = notices[0].recipient
    subject = notices[0].text
    if len(notices) > 1:
        subject = ngettext("%(number)s notice", "%(number)s notices", len(notices)) % {"number": len(notices)}
    message = EmailMessage(
        " ".join(f"[{site}] {subject}".split()), _body(notices), settings.DEFAULT_FROM_EMAIL, [recipient.email],
        connection=connection, headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError, ValueError) as error:
        # This one message will never go out; the server and the other people are well.
        log.warning("A notice for %s was not mailed: %s", recipient.get_username(), error)


def _body(notices):
    parts = ["\n".join(filter(None, [row.text, row.note, settings.SITE_URL + _address(row)])) for row in notices]
    return "\n\n".join([*parts, _("You get this because you work at the desk of %(site)s.") % {"site": _host()}])


def _address(notice):
    if notice.article_id:
        return reverse("admin:articles_article_change", args=[notice.article_id])
    return notice.url or reverse("admin:notices")


def _host():
    return settings.SITE_URL.partition("://")[2]
