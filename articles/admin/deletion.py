"""What else would be deleted, asked before a deletion: without the bare links between two things.

Django lists every row of a many-to-many table there, as "Category_editors object (12)", which tells nobody anything.
"""

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class DeletionMixin:
    def get_deleted_objects(self, objs, request):
        lines, counts, lacking, protected = super().get_deleted_objects(objs, request)
        links = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        heads = tuple(f"{capfirst(str(meta.verbose_name))}: " for meta in links)
        counts = {
            name: number for name, number in counts.items() if name not in {str(m.verbose_name_plural) for m in links}
        }
        return list(_without(lines, heads)), counts, lacking, protected


class HeldMixin(DeletionMixin):
    """For what stands at thousands of articles: these are not read one by one to say that it cannot be deleted."""

    NAMED = 20

    def held_by(self, objs):
        """The rows that keep the objects from being deleted."""
        raise NotImplementedError

    def get_deleted_objects(self, objs, request):
        held = list(self.held_by(objs)[: self.NAMED + 1])
        if not held:
            return super().get_deleted_objects(objs, request)
        named = [str(row) for row in held[: self.NAMED]]
        return [], {}, set(), [*named, *([_("… and more")] if len(held) > self.NAMED else [])]


def _without(lines, heads):
    """The nested lists of lines without those that begin with one of `heads`."""
    for line in lines:
        if isinstance(line, list):
            if kept := list(_without(line, heads)):
                yield kept
        elif not str(line).startswith(heads):
            yield line
