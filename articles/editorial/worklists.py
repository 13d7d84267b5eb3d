"""What waits for a person at the desk: the lists of the dashboard."""

from articles.models import State

from . import permissions

ROWS = 8  # of each list: what one looks at before starting to search


def own_drafts(user):
    return _shown(permissions.visible_to(user).filter(state=State.DRAFT, created_by=user))


def others_drafts(user):
    """What colleagues have in hand; a reporter sees none."""
    if not permissions.can_publish(user):
        return []
    return _shown(permissions.visible_to(user).filter(state=State.DRAFT).exclude(created_by=user))


def scheduled(user):
    return _shown(permissions.visible_to(user).scheduled().order_by("published_at", "pk"))


def recently_published(user):
    return _shown(permissions.visible_to(user).published().newest())


def _shown(articles):
    return articles.select_related("category", "photo", "created_by").defer("body", "search_text")[:ROWS]
