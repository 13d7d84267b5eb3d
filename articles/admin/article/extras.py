"""What a story carries besides its text: live updates, a gallery, attachments; folded where nothing asks for them."""

import html
import re

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import attachments, days, richtext
from articles.admin.search import ChosenMixin
from articles.models import Attachment, GalleryPhoto, Genre, LiveUpdate
from articles.models.article import OUTSIDE

from .inlines import RowForm, without_links

_HTML = re.compile(r"</?[a-zA-Z]")


class PlainTextWidget(forms.Textarea):
    """Paragraphs typed as plain text, a line each; what holds more than paragraphs is shown as its HTML.

    An editor reports a storm with one thumb on a phone: CKEditor for each entry would be too heavy there.
    """

    def format_value(self, value):
        text = richtext.to_text(value or "")
        return text if paragraphs(text) == value else richtext.clean(value or "")

    def value_from_datadict(self, data, files, name):
        text = (super().value_from_datadict(data, files, name) or "").replace("\r\n", "\n")
        return richtext.clean(text) if _HTML.search(text) else paragraphs(text)


def paragraphs(text):
    lines = filter(None, (line.strip() for line in text.splitlines()))
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)


class MomentInput(forms.DateTimeInput):
    """The browser's own box: a phone's wheel, no calendar of Django's for each of fifty entries."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class FoldedMixin(ChosenMixin):
    """An inline that stays folded until it holds something, or the article's genre is one of `genres`."""

    genres = ()

    def is_wanted(self, formset, article):
        asked = article is not None and article.genre in self.genres
        return asked or formset.initial_form_count() > 0 or (formset.is_bound and formset.has_changed())


class LiveUpdateForm(RowForm):
    needed = ("title", "body")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "posted_at" not in self.fields:
            return  # may only be read
        self.fields["body"].widget = PlainTextWidget(attrs={"rows": 3})  # here: CKEditor's field takes no other
        self.fields["body"].label = _("What happened")
        self.fields["body"].help_text = _("A paragraph a line.")
        # To the minute, as the box shows it. Of a new one it is empty: the moment of saving, not of opening the form.
        stored = self.instance.posted_at if self.instance.pk else None
        self.initial["posted_at"] = stored and stored.replace(second=0, microsecond=0)
        self.fields["posted_at"].required = False
        self.fields["posted_at"].help_text = _("Empty: now.")
        self.fields["title"].widget.attrs.pop("maxlength", None)

    def clean_posted_at(self):
        moment = self.cleaned_data["posted_at"] or self.instance.posted_at or timezone.now()
        if not days.holds(moment):
            raise ValidationError(OUTSIDE)
        return moment


class LiveUpdateInline(FoldedMixin, admin.StackedInline):
    model = LiveUpdate
    form = LiveUpdateForm
    template = "admin/articles/article/live.html"
    fields = ["title", "body", "posted_at", "is_key"]
    formfield_overrides = {models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput}}
    extra = 1  # the empty form on top, ready to be written into
    genres = (Genre.LIVE,)
    classes = ["live"]


class GalleryForm(RowForm):
    needed = ("photo",)

    class Meta:
        widgets = {"order": forms.HiddenInput}


class GalleryInline(FoldedMixin, admin.TabularInline):
    model = GalleryPhoto
    form = GalleryForm
    fields = ["photo", "order"]
    autocomplete_fields = ["photo"]
    extra = 0
    genres = (Genre.PHOTOS,)
    classes = ["sortable"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "photo":
            field.widget.attrs["data-thumbnail"] = reverse("admin:articles_photo_thumbnail", args=[0])
        return field

    def get_formset(self, request, obj=None, **kwargs):
        return without_links(super().get_formset(request, obj, **kwargs), "photo", "delete", "view")


class AttachmentForm(RowForm):
    needed = ("title",)

    class Meta:
        widgets = {
            "order": forms.HiddenInput,
            "title": forms.TextInput(
                attrs={
                    "placeholder": gettext_lazy("Title; empty: the file's name"),
                    "aria-label": gettext_lazy("title"),
                }
            ),
            "file": forms.FileInput(
                attrs={"accept": ",".join(f".{kind}" for kind in attachments.KINDS), "aria-label": gettext_lazy("file")}
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False

    def has_changed(self):
        return super().has_changed() or bool(self.files.get(self.add_prefix("file")))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            file.seek(0)
            try:
                attachments.check(file.name, file.read(attachments.HEAD), file.size)
            except attachments.AttachmentRefused as error:
                raise ValidationError(str(error)) from error
            file.seek(0)
        return file

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if file and not cleaned.get("title"):
            name = file.name.rpartition("/")[2].rpartition(".")[0]
            cleaned["title"] = name[:200] if len(name.strip()) else file.name[:200]
        return cleaned


class AttachmentInline(FoldedMixin, admin.TabularInline):
    model = Attachment
    form = AttachmentForm
    fields = ["title", "file", "current", "order"]
    readonly_fields = ["current"]
    extra = 0
    classes = ["sortable"]

    @admin.display(description="")
    def current(self, attachment):
        """What is stored: its kind and size, as a link."""
        if not attachment.pk:
            return ""
        label = f"{attachment.kind}, {filesizeformat(attachment.size)}"
        return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', attachment.file.url, label)
