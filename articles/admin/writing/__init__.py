"""What makes writing easier, around the form of an article: one file a comfort.

`urls` are mounted by the article's screen; `context` is what its form shows of this besides its fields.
"""

from articles.editorial import permissions

from . import copying, finding, notes, preview, share, templates
from .templates import initial

__all__ = ["context", "initial", "urls"]


def urls(model_admin):
    return [path for part in (copying, finding, notes, preview, share) for path in part.urls(model_admin)]


def context(request, article=None):
    """For the form of a stored article, or of a new one."""
    if article is None:
        return {"story_templates": templates.choices(request.user)}
    user = request.user
    return {
        **notes.panel(user, article),
        "may_share": permissions.can_share(user, article),
        "may_copy": permissions.can_copy(user, article),
    }
