"""Whom a step of an article concerns. Nobody is told of what they may not see."""

from django.contrib.auth import get_user_model

from articles.editorial import permissions
from articles.models import Transition

Verb = Transition.Verb
_LIVE = {Verb.PUBLISH, Verb.SCHEDULE, Verb.UPDATE, Verb.CORRECT, Verb.WITHDRAW}


def called(step, article):
    """Those who have something to do from here on."""
    match step.verb:
        case Verb.SUBMIT:
            return section_editors(article.category)
        case Verb.PASS:
            found = _holders("articles.approve_article")
        case Verb.APPROVE:
            found = _holders("articles.publish_article")
        case _other:
            return []
    return [person for person in found if not permissions.needs_other_eyes(person, article)]


def involved(step, article):
    """The writer, and the colleague who has or had it in hand, where the step is theirs to know."""
    people = []
    if step.verb in {Verb.TAKE, Verb.RETURN, Verb.APPROVE, *_LIVE}:
        people.append(article.created_by)
    if step.verb in _LIVE or (step.verb == Verb.TAKE and step.from_state == step.to_state):
        people.append(_last_to_take(step, article))
    return [person for person in people if person and permissions.can_see(person, article)]


def alarmed(step):
    """Those who must know that readers do not see what was published: who did it, and the chiefs."""
    people = [step.moved_by, *_holders("articles.jump_article")]
    return [person for person in people if person and person.is_active and permissions.can_see(person, step.article)]


def section_editors(category):
    """The named editors of a section, else those of its parent, else everybody who edits."""
    found = list(_holders("articles.edit_article"))
    for section in filter(None, (category, category and category.parent)):
        named = set(section.editors.values_list("pk", flat=True))
        if named:
            return [person for person in found if person.pk in named]
    return found


def _last_to_take(step, article):
    takes = article.transitions.filter(verb=Verb.TAKE).exclude(pk=step.pk).select_related("moved_by")
    last = takes.first()
    return last.moved_by if last else None


def _holders(right):
    return get_user_model().objects.with_perm(right).order_by("pk")
