"""One act on many articles: each by itself, with the rights and the rules of the act on one, in its own transaction.

Design notes
- Nothing here decides who may do what: transitions.py and permissions.py do. `why_not` only puts into words what they
  would answer, so that a person sees it before and afterwards.
- An article that is refused, or on which something breaks, never stops the others: its reason stands in its outcome.
- What readers see is not moved to another section here: its address changes with it, so that is done on the form.
"""

import logging
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial import permissions, revisions, trail, transitions
from articles.models import Category, State, Topic, Transition

MOST = 200  # articles in one go
NOTE_LENGTH = 1000

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """What is to be done with each article."""

    act: str
    note: str = ""
    category: Category | None = None
    topic: Topic | None = None


@dataclass(frozen=True)
class Act:
    """`allows(user, article)` and `does(user, article, order)`; `verb` of the route, or what it `needs` to be told."""

    label: str
    allows: object
    does: object
    verb: str = ""
    needs: str = ""


@dataclass(frozen=True)
class Outcome:
    """Of one article: `reason` is empty where it is done. `title` only of what the person may see."""

    pk: int
    title: str
    reason: str = ""
    remark: str = ""  # what is still to do

    @property
    def is_done(self):
        return not self.reason


def offered(user):
    """{name: act} that this person may do somewhere."""
    if not user.is_active:
        return {}
    may = {
        **dict.fromkeys(["take", "return", "pass"], permissions.can_edit(user)),
        "approve": permissions.can_approve(user),
        **dict.fromkeys(["publish", "withdraw"], permissions.can_publish(user)),
        **dict.fromkeys(["section", "topic"], user.has_perm("articles.change_article")),
    }
    return {name: act for name, act in ACTS.items() if may[name]}


def check(order):
    """Refuse an order that can be right for no article."""
    act = ACTS[order.act]
    if act.needs == "note" and not order.note.strip():
        raise ValidationError(_("Say why it is returned: the author reads it."))
    if len(order.note) > NOTE_LENGTH:
        raise ValidationError(_("The note is longer than %(limit)s characters.") % {"limit": NOTE_LENGTH})
    if act.needs == "category" and order.category is None:
        raise ValidationError(_("Choose the section."))
    if act.needs == "topic" and order.topic is None:
        raise ValidationError(_("Choose the topic."))


def carry_out(user, order, keys):
    """Yield an Outcome for each of the keys, in their order."""
    for pk in keys:
        yield _one(user, order, pk)


def preview(user, order, keys):
    """The same without doing anything: what the rights and the states would answer now."""
    found = permissions.visible_to(user).select_related("category").defer("body").in_bulk(keys)
    for pk in keys:
        yield Outcome(pk, str(found[pk]), why_not(user, order, found[pk])) if pk in found else _unseen(pk)


def why_not(user, order, article):
    """Why this person may not do it with this article as it stands; empty where nothing speaks against it."""
    act = ACTS[order.act]
    if act.verb and article.state not in transitions.STARTS[act.verb]:
        return _("It is “%(state)s”: this step does not start there.") % {"state": state_name(article)}
    if not act.verb and (reason := _why_not_changed(user, order, article)):
        return reason
    return "" if act.allows(user, article) else _denied(user, order, article)


def state_name(article):
    """The state as its chip says it."""
    if article.is_scheduled:
        return _("Scheduled")
    return _("Returned") if article.is_returned else State(article.state).label


def _one(user, order, pk):
    # Fetched as the person sees it: what is hidden from them is not even named.
    article = permissions.visible_to(user).select_related("category", "working").filter(pk=pk).first()
    if article is None:
        return _unseen(pk)
    title = str(article)
    try:
        with transaction.atomic():
            remark = ACTS[order.act].does(user, article, order)
    except PermissionDenied:
        trail.record(user, order.act, article, outcome=trail.REFUSED)
        return Outcome(pk, title, why_not(user, order, article) or _denied(user, order, article))
    except ValidationError as error:
        trail.record(user, order.act, article, outcome=trail.FAILED)
        return Outcome(pk, title, " ".join(error.messages))
    except Exception:
        # Whatever breaks on one article: the outcome of the others, already stored, must still reach the person.
        logger.exception("%s of article %s failed", order.act, pk)
        return Outcome(pk, title, _("An error of the system; nothing was changed. Try it on the article itself."))
    return Outcome(pk, title, remark=remark if isinstance(remark, str) else "")


def _unseen(pk):
    return Outcome(pk, f"#{pk}", _("It does not exist, or you may not see it."))


def _denied(user, order, article):
    if order.act in {"approve", "publish"} and permissions.needs_other_eyes(user, article):
        return _("Four eyes: you wrote it, so another person decides.")
    if order.act == "take" and article.handler_id == user.pk:
        return _("You have it in hand already.")
    if order.act == "publish" and permissions.can_publish(user) and article.in_work:
        return _("It is not approved yet.")
    if order.act == "pass" and article.state == State.SUBMITTED and permissions.works_in(user, article.category):
        return _("Take it for editing first.")
    if not permissions.works_in(user, article.category):
        return _("You do not work in the section “%(section)s”.") % {"section": article.category}
    if order.category and not permissions.works_in(user, order.category):
        return _("You do not work in the section “%(section)s”.") % {"section": order.category}
    return _("You may not do this with an article that is “%(state)s”.") % {"state": state_name(article)}


def _why_not_changed(user, order, article):
    if order.act == "section" and article.state == State.PUBLISHED:
        return _("It is published: its section is changed on its form.")
    if not permissions.can_change(user, article):
        return _denied(user, order, article)
    if order.category and not permissions.can_move_to(user, article, order.category):
        return _denied(user, order, article)
    return ""


def _publish(user, article, order):
    transitions.publish(article, user, note=order.note)


def _move(user, article, order):
    article = _held(user, article, order)
    _write(user, article, {"category": order.category.pk}, _("It is in this section already."))


def _tie(user, article, order):
    """A topic changes no word, so who may publish lets readers see it at once; but nothing else with it."""
    article = _held(user, article, order)
    was_clean = article.working_id is None
    topics = revisions.current(article)["topics"]
    wanted = sorted({*topics, order.topic.pk})
    _write(user, article, {"topics": wanted}, _("It has this topic already."))
    if article.state != State.PUBLISHED:
        return ""
    if not (was_clean and permissions.can_update_live(user, article)):
        return _("Saved in the working version; readers see it after “Update what readers see”.")
    transitions.update_live(revisions.lock(article.pk), user, Transition.Verb.SILENT, note=order.note)
    return ""


def _held(user, article, order):
    """The article as it is now, held until it is written, with the rights asked of that."""
    article = revisions.lock(article.pk)
    if reason := why_not(user, order, article):
        raise ValidationError(reason)
    return article


def _write(user, article, changes, unchanged):
    document = {**revisions.current(article), **changes}
    if revisions.save(article, document, user, base=article.version).revision is None:
        raise ValidationError(unchanged)


def _step(verb):
    return lambda user, article, order: verb(article, user, order.note)


Verb = Transition.Verb
ACTS = {
    "take": Act(gettext_lazy("Take for editing"), permissions.can_take, _step(transitions.take), Verb.TAKE),
    "return": Act(gettext_lazy("Return"), permissions.can_return, _step(transitions.send_back), Verb.RETURN, "note"),
    "pass": Act(gettext_lazy("Send for approval"), permissions.can_pass, _step(transitions.pass_on), Verb.PASS),
    "approve": Act(gettext_lazy("Approve"), permissions.can_approve_article, _step(transitions.approve), Verb.APPROVE),
    "publish": Act(gettext_lazy("Publish"), permissions.can_publish_article, _publish, Verb.PUBLISH),
    "withdraw": Act(gettext_lazy("Withdraw"), permissions.can_withdraw, _step(transitions.withdraw), Verb.WITHDRAW),
    "section": Act(gettext_lazy("Move to a section"), permissions.can_change, _move, needs="category"),
    "topic": Act(gettext_lazy("Add a topic"), permissions.can_change, _tie, needs="topic"),
}
