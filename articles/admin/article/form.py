"""The form of an article: it edits a version (editorial/documents.py), never the rows that readers see."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import players
from articles.admin.body import BodyWidget
from articles.editorial import documents, permissions, revisions
from articles.models import Article

from .answers import number
from .extras import MomentInput
from .rows import RowsFormSet

WRITING = ["kicker", "title", "lede", "body"]
PLACE = ["category", "genre", "topics"]
MEDIA = ["photo", "player"]
PUBLICATION = ["published_at", "embargo_until", "dateline", "editor_note", "slug"]
LABELS = ["ai_use", "interview_shown_at", "comments_closed"]


class ArticleForm(forms.ModelForm):
    """`user`, `document` (what the form begins with) and `conflict` are given by the screen."""

    user, document, conflict = None, None, None
    base = forms.CharField(required=False, widget=forms.HiddenInput)  # number of the version the form was opened with

    class Meta:
        model = Article
        fields = [*WRITING, *PLACE, *MEDIA, *PUBLICATION, *LABELS]
        field_classes = {"embargo_until": forms.DateTimeField, "interview_shown_at": forms.DateTimeField}
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "counted headline-box"}),
            "lede": forms.Textarea(attrs={"rows": 4, "class": "counted"}),
            "editor_note": forms.Textarea(attrs={"rows": 2}),
            "embargo_until": MomentInput(),
            "interview_shown_at": MomentInput(),
        }
        help_texts = {
            "title": gettext_lazy("What happened, and where. Readers and search engines see this first."),
            "lede": gettext_lazy("One or two sentences with the heart of the news; lists and feeds show it."),
            "published_at": gettext_lazy(
                "Vietnam's time (GMT+7). Empty: the moment of publication. Ahead of now: scheduled."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].widget = BodyWidget(attrs=self.fields["body"].widget.attrs)
        for field in self.fields.values():
            # A browser that knows the limit cuts what is pasted without a word; ours counts, and refuses with all kept.
            if limit := field.widget.attrs.pop("maxlength", None):
                field.widget.attrs["data-limit"] = limit
        if "published_at" in self.fields:  # Django writes the names of its two boxes beside them, tied to neither
            for box, name in zip(self.fields["published_at"].widget.widgets, (_("Date:"), _("Time:")), strict=True):
                box.attrs["aria-label"] = name.rstrip(":")
        if self.instance.player and (known := players.parse(self.instance.player)) and "player" in self.fields:
            self.fields["player"].help_text = _("Recognised: %(provider)s.") % {"provider": known.provider}
        if self.document and "topics" in self.fields:
            self.initial["topics"] = self.fields["topics"].queryset.filter(pk__in=self.document["topics"])
        self.initial["base"] = str(self.instance.version)

    def clean_base(self):
        return number(self.cleaned_data["base"])

    def clean_category(self):
        """Nobody puts an article into a section, or takes it out of one, in which they do not work."""
        category = self.cleaned_data["category"]
        if self.user and self.instance.pk:
            stored = Article.objects.select_related("category").get(pk=self.instance.pk)
            if category != stored.category and not permissions.can_move_to(self.user, stored, category):
                raise ValidationError(_("You do not work in this section: ask its editors to take the article over."))
        return category

    def clean(self):
        if self.conflict:
            raise ValidationError(
                _("Not saved yet: you and a colleague changed the same places. Decide below; your words are all here.")
            )
        return super().clean()

    def validate_constraints(self):
        """A version may be incomplete: what is missing is asked for at publication."""

    def typed(self):
        """The part of the document that this form has."""
        names = [name for name in documents.FIELDS if name in self.fields]
        typed = {name: documents.plain(documents.field_value(self.instance, name)) for name in names}
        if "topics" in self.fields:
            typed["topics"] = sorted(topic.pk for topic in self.cleaned_data["topics"])
        return typed


def document_from(form, formsets):
    """What was typed, as a document. A moment that shows the same minute as the opened version is that moment."""
    typed = form.typed()
    for formset in formsets:
        if isinstance(formset, RowsFormSet):
            typed[formset.prefix] = formset.document_rows()
    if form.instance.pk:
        opened = revisions.document_of(form.instance, form.cleaned_data["base"])
        opened = opened or revisions.current(form.instance.stored)  # its first save: no version is there yet
        typed = {name: _as_opened(value, opened.get(name)) for name, value in typed.items()}
    return typed


def _as_opened(value, opened):
    if isinstance(value, list) and isinstance(opened, list):
        return [next((row for row in opened if _same(each, row)), each) for each in value]
    return opened if _same(value, opened) else value


def _same(value, opened):
    if isinstance(value, dict) and isinstance(opened, dict):
        return value.keys() == opened.keys() and all(_same(value[name], opened[name]) for name in value)
    return value == opened or (_minute(value) is not None and _minute(value) == _minute(opened))


def _minute(value):
    """A moment in ISO without its seconds; None for anything else."""
    if not isinstance(value, str) or len(value) < 19 or value[10:11] != "T":
        return None
    try:
        return datetime.fromisoformat(value).replace(second=0, microsecond=0)
    except ValueError:
        return None
