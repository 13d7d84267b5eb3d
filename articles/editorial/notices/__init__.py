"""Telling people of the desk what happened to a story of theirs, or what waits for them.

Design notes
- A notice is written in the transaction of the step it tells of: there is no step without its notices, and no notice
  of a step that was taken back. Mail goes out after the commit and may fail without a word lost (mail.py).
- The words are written once, in the site's language. Who is told stands in recipients.py.
"""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial import permissions, roles
from articles.models import Notice, Transition

from . import mail, recipients

Verb = Transition.Verb
MOST_SHOWN = 99  # unread ones are counted so far; who has more does not need the number
TITLE_SHOWN = 120  # of an article's title: the notice must stay one line of a list and of a mail's subject

TEXTS = {
    Verb.SUBMIT: gettext_lazy("%(person)s sent “%(title)s” to be edited."),
    Verb.TAKE: gettext_lazy("%(person)s took “%(title)s” in hand."),
    Verb.RETURN: gettext_lazy("%(person)s returned “%(title)s”."),
    Verb.PASS: gettext_lazy("%(person)s sent “%(title)s” for approval."),
    Verb.APPROVE: gettext_lazy("%(person)s approved “%(title)s”."),
    Verb.PUBLISH: gettext_lazy("%(person)s published “%(title)s”."),
    Verb.SCHEDULE: gettext_lazy("%(person)s scheduled “%(title)s” for %(time)s."),
    Verb.UPDATE: gettext_lazy("%(person)s updated “%(title)s” for its readers."),
    Verb.CORRECT: gettext_lazy("%(person)s published a correction of “%(title)s”."),
    Verb.WITHDRAW: gettext_lazy("%(person)s withdrew “%(title)s”."),
}


def tell(step, article):
    """Tell those whom a step concerns; the names of who was told.

    Whoever was asked to do something about the article, and did not, need not any more: that notice counts as read.
    """
    _mark(Notice.objects.filter(article=article, is_call=True))
    if step.verb not in TEXTS:  # a silent fix is silent here too
        return []
    called = recipients.called(step, article)
    told = [*called, *recipients.involved(step, article)]
    told = [person for person in told if person.pk != step.moved_by_id]
    words = {"person": step.moved_by_name, "title": _title(article), "time": _time(article.published_at)}
    return _write(told, TEXTS[step.verb] % words, article, note=step.note, calls={person.pk for person in called})


def mention(note, users):
    """Tell the people whom an internal note names; the names of who was told."""
    told = [user for user in users if user.pk != note.created_by_id and permissions.can_see(user, note.article)]
    words = {"person": note.created_by_name, "title": _title(note.article)}
    return _write(told, _("%(person)s mentioned you in “%(title)s”.") % words, note.article, note=note.text)


def assign(assignment, users, by):
    """Tell the people to whom an assignment was given, but not the one who gave it."""
    words = {"person": roles.name_of(by), "title": Truncator(assignment.title).chars(TITLE_SHOWN)}
    words["time"] = _time(assignment.deadline)
    text = _("%(person)s gave you the assignment “%(title)s”, due %(time)s.") % words
    told = [user for user in users if user.pk != by.pk and user.is_active]
    return _write(told, text, note=assignment.brief, url=address_of(assignment))


def alarm(step, problems):
    """Tell who published and the chiefs that readers do not see it as it should be. `problems`: a line a place."""
    text = _("Readers do not see “%(title)s” as it should be.") % {"title": _title(step.article)}
    return _write(recipients.alarmed(step), text, step.article, note="\n".join(problems))


def warn(user, text, note=""):
    """Tell somebody what was done with their account."""
    return _write([user], text, note=note, url=reverse("admin:sign_ins"))


def address_of(assignment):
    return reverse("admin:articles_assignment_change", args=[assignment.pk])


def mark_read(user, article=None, *, url=""):
    """The person has the article (or what lies at `url`) in view: its notices have done their duty.

    Called by what the open page sends, never by a GET: a link or a picture from elsewhere would mark them too.
    """
    return _mark(Notice.objects.filter(_about(article, url), recipient=user))


def mark_all_read(user, pks=None):
    """Mark a person's own notices as read: all, or those of the numbers; how many there were."""
    own = Notice.objects.filter(recipient=user)
    return _mark(own if pks is None else own.filter(pk__in=pks))


def number_unread(user, apart=None, *, apart_url=""):
    """How many notices the person has not read, at most one more than `MOST_SHOWN`; without those about the article
    (or the address) that the person has in view."""
    found = unread(user).order_by()
    if apart is not None or apart_url:
        found = found.exclude(_about(apart, apart_url))
    return found[: MOST_SHOWN + 1].count()


def unread(user):
    return Notice.objects.filter(recipient=user, read_at__isnull=True)


def _about(article, url):
    return Q(article=article) if article is not None else Q(url=url)


def _mark(found):
    return found.filter(read_at__isnull=True).update(read_at=timezone.now())


def _write(users, text, article=None, *, note="", url="", calls=()):
    rows = [
        Notice(recipient=user, article=article, text=text[:400], note=note[:1000], url=url, is_call=user.pk in calls)
        for user in {user.pk: user for user in users}.values()
    ]
    mail.after_commit(Notice.objects.bulk_create(rows))
    return [roles.name_of(row.recipient) for row in rows]


def _title(article):
    return Truncator(str(article)).chars(TITLE_SHOWN)


def _time(moment):
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
