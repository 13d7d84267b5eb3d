"""Which steps an article's route offers to a person, and which of them comes next.

One list for the form, the board, the list and the step page: a button is there exactly when its verb would be allowed.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import State, Transition

from . import permissions, trail, transitions

Verb = Transition.Verb


@dataclass(frozen=True)
class Step:
    verb: str
    label: str  # of the button
    done: str  # what is said afterwards
    asks: bool = False  # whether the person is always asked something before it is done
    is_danger: bool = False


STEPS = {
    step.verb: step
    for step in [
        Step(Verb.SUBMIT, _("Submit"), _("“%(title)s” is sent to the editors.")),
        Step(Verb.RECALL, _("Recall"), _("“%(title)s” is with you again.")),
        Step(Verb.TAKE, _("Take for editing"), _("“%(title)s” is in your hands.")),
        Step(Verb.PASS, _("Send for approval"), _("“%(title)s” is sent for approval.")),
        Step(Verb.APPROVE, _("Approve"), _("“%(title)s” is approved.")),
        Step(Verb.PUBLISH, _("Publish"), _("“%(title)s” is published.")),
        Step(Verb.UPDATE, _("Update what readers see"), _("Readers see the new version of “%(title)s”."), asks=True),
        Step(Verb.RETURN, _("Return"), _("“%(title)s” is returned to its author."), asks=True, is_danger=True),
        Step(Verb.WITHDRAW, _("Withdraw"), _("“%(title)s” is withdrawn."), asks=True, is_danger=True),
    ]
}
SCHEDULED = _("“%(title)s” is scheduled.")

ALLOWED = {
    Verb.SUBMIT: permissions.can_submit,
    Verb.RECALL: permissions.can_recall,
    Verb.TAKE: permissions.can_take,
    Verb.PASS: permissions.can_pass,
    Verb.APPROVE: permissions.can_approve_article,
    Verb.PUBLISH: permissions.can_publish_article,
    Verb.UPDATE: permissions.can_update_live,
    Verb.RETURN: permissions.can_return,
    Verb.WITHDRAW: permissions.can_withdraw,
}
# What a person most likely came for, state by state; the first that is allowed is the named next step.
NEXT = {
    State.DRAFT: [Verb.SUBMIT, Verb.PUBLISH],
    State.SUBMITTED: [Verb.TAKE, Verb.RECALL],
    State.EDITING: [Verb.PASS, Verb.TAKE],
    State.REVIEW: [Verb.APPROVE],
    State.APPROVED: [Verb.PUBLISH],
    State.PUBLISHED: [Verb.UPDATE],
    State.WITHDRAWN: [Verb.PUBLISH],
    State.TRASHED: [],
}


def allowed(user, article):
    """The Steps that the person may take with an article, the next one first."""
    verbs = [verb for verb, may in ALLOWED.items() if may(user, article)]
    if article.state == State.PUBLISHED and not article.working_id:
        verbs = [verb for verb in verbs if verb != Verb.UPDATE]
    first = next_verb(user, article, verbs)
    return [STEPS[verb] for verb in sorted(verbs, key=lambda verb: verb != first)]


def next_verb(user, article, verbs=None):
    """The verb of the one step that comes next, or None."""
    verbs = [verb for verb, may in ALLOWED.items() if may(user, article)] if verbs is None else verbs
    wanted = NEXT[article.state]
    if permissions.can_jump(user) and article.state in {State.DRAFT, State.EDITING, State.REVIEW}:
        wanted = [Verb.PUBLISH, *wanted]
    return next((verb for verb in wanted if verb in verbs), None)


def label_of(verb, article):
    """The words on the button: a time ahead makes of publishing a schedule."""
    ahead = verb == Verb.PUBLISH and article.published_at and article.published_at > timezone.now()
    return _("Schedule") if ahead else STEPS[verb].label


def take(verb, article, user, note="", **options):
    """Carry a step out by its name. `options` are those of the verb in transitions.py."""
    verbs = {
        Verb.SUBMIT: transitions.submit,
        Verb.RECALL: transitions.recall,
        Verb.TAKE: transitions.take,
        Verb.PASS: transitions.pass_on,
        Verb.APPROVE: transitions.approve,
        Verb.RETURN: transitions.send_back,
        Verb.WITHDRAW: transitions.withdraw,
        Verb.PUBLISH: transitions.publish,
        Verb.UPDATE: transitions.update_live,
    }
    try:
        return verbs[verb](article, user, note=note, **options)
    except PermissionDenied:
        trail.record(user, verb, article, outcome=trail.REFUSED)
        raise
    except ValidationError:  # a check that is not met, or the article has moved on
        trail.record(user, verb, article, outcome=trail.FAILED)
        raise
