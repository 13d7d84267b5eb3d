"""Who saved an article, as the desk's own log knows it, and what a saved form changed."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.editorial import roles


def saved_meanwhile(article, opened):
    """What to tell who sends a form of an older version. `opened`: its time, as the browser sent it back."""
    moment = date_format(timezone.localtime(article.updated_at), "SHORT_DATETIME_FORMAT")
    said = {"time": moment, "person": _last_to_save(article, opened)}
    if said["person"]:
        message = _("Not saved yet: %(person)s saved this article at %(time)s, after you had opened it.") % said
    else:
        message = _("Not saved yet: this article was changed at %(time)s, after you had opened it.") % said
    advice = _("Your words are all still here. See the other version with “Preview”; save again to put yours over it.")
    return f"{message} {advice}"


def changed(form, formsets):
    """The names of the fields that hold something else now, and of the inlines whose rows were changed.

    By their values: a browser sends every line end as CR LF, so to Django each body with two lines has changed.
    """
    fields = {name: form.instance._meta.get_field(name) for name in form.changed_data if name in form._meta.fields}
    names = {name for name, field in fields.items() if field.value_from_object(form.instance) != form.initial.get(name)}
    rows = (formset for formset in formsets if formset.new_objects or formset.changed_objects)
    return names | {formset.prefix for formset in [*rows, *(each for each in formsets if each.deleted_objects)]}


def _last_to_save(article, opened):
    """The name of the person, empty where the log has none: the shell and the importer write no log."""
    kind = ContentType.objects.get_for_model(article)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(article.pk)).select_related("user")
    if since := _moment(opened):
        entries = entries.filter(action_time__gt=since)
    entry = entries.order_by("-action_time").first()
    return roles.name_of(entry.user) if entry else ""


def _moment(text):
    """A moment as `isoformat` writes it; None for anything else."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
