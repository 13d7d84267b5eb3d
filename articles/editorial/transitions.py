"""Changes of an article's state; the only code that writes `state` and `revised_at`.

Every change is one UPDATE that names the state it starts from, so of two people pressing at once one succeeds and
the other is told.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import days
from articles.editorial import permissions
from articles.models import Article, State
from articles.models.article import OUTSIDE

MOVES = {
    State.PUBLISHED: {State.DRAFT, State.WITHDRAWN},
    State.WITHDRAWN: {State.PUBLISHED},
}

# What a reader would notice. Not the section, the slug or the topics: the text stays what it was.
SEEN = {
    *("title", "kicker", "dateline", "lede", "body", "photo", "player"),
    *("live_updates", "gallery", "attachments"),
}


def publish(article, user=None, at=None):
    """Publish at a moment: the argument, else the article's own, else now. Ahead of now it is scheduled.

    `user=None` is the shell (importer, commands). Raises PermissionDenied, or ValidationError with what is missing.
    """
    if user is not None and not permissions.can_publish(user):
        raise PermissionDenied
    if missing := article.missing():
        labels = [str(Article._meta.get_field(name).verbose_name) for name in missing]
        raise ValidationError(_("Not published: still missing %(fields)s.") % {"fields": ", ".join(labels)})
    moment = at or article.published_at or timezone.now()
    if not days.holds(moment):
        raise ValidationError(OUTSIDE)
    article.published_at = moment
    _move(article, State.PUBLISHED)


def withdraw(article, user=None):
    """Take an article from the readers; its address answers 410, its text stays at the desk.

    One that was still scheduled loses its time: no reader has seen it, so its address says nothing.
    """
    if user is not None and not permissions.can_publish(user):
        raise PermissionDenied
    if article.is_scheduled:
        article.published_at = None
    _move(article, State.WITHDRAWN)


def revise(article, changed, at=None):
    """Note that readers see something new ("Cập nhật lúc"). `changed`: names of fields, and of what hangs on them.

    Only of what is public at the moment: a draft has no earlier version that anybody has read.
    """
    moment = at or timezone.now()
    if SEEN.isdisjoint(changed) or not article.is_public(moment):
        return False
    article.revised_at = moment
    article.save(update_fields=["revised_at"])
    return True


def _move(article, state):
    moved = Article.objects.filter(pk=article.pk, state__in=MOVES[state]).update(
        state=state, published_at=article.published_at
    )
    if not moved:
        article.refresh_from_db(fields=["state"])
        message = _("The article's state is already “%(state)s”.") % {"state": article.get_state_display()}
        raise ValidationError(message)
    article.state = state
    article.save(update_fields=["published_at"])  # settles the slug and tells the receivers
