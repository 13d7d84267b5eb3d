"""What a story carries besides its text: live updates, a gallery, attachments; folded where nothing asks for them."""

import html
import re

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import attachments, days, richtext, vietnamese
from articles.models import Attachment, GalleryPhoto, Genre, LiveUpdate
from articles.models.article import OUTSIDE
from articles.models.attachment import stored_name

from .answers import number
from .rows import RowForm, RowsFormSet, RowsMixin, without_links

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


class FoldedMixin(RowsMixin):
    """An inline that stays folded until it holds something, or the article's genre is one of `genres`."""

    genres = ()

    def is_wanted(self, formset, article):
        if not isinstance(formset, RowsFormSet):
            return formset.initial_form_count() > 0
        return formset.has_rows() or (article is not None and article.genre in self.genres)


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
        stored = self.instance.posted_at if self.instance.body else None
        self.initial["posted_at"] = stored and stored.replace(second=0, microsecond=0)
        self.fields["posted_at"].required = False
        self.fields["posted_at"].help_text = _("Empty: now.")
        self.fields["title"].widget.attrs.pop("maxlength", None)

    def clean_posted_at(self):
        moment = self.cleaned_data["posted_at"] or timezone.now().replace(second=0, microsecond=0)
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
    """`stored` is the name of the file that the row has already; a file that is chosen takes its place."""

    needed = ("title", "file", "stored")
    stored = forms.CharField(required=False, widget=forms.HiddenInput)

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
        if "title" not in self.fields:
            return  # may only be read
        self.fields["title"].required = False
        self.fields["file"].required = False
        if not self.is_bound and self.instance.file:
            self.initial["stored"] = self.instance.file.name
            self.initial.pop("file", None)

    def has_changed(self):
        return super().has_changed() or bool(self.files.get(self.add_prefix("file")))

    def clean_file(self):
        file = self.files.get(self.add_prefix("file"))
        if file:
            file.seek(0)
            try:
                attachments.check(file.name, file.read(attachments.HEAD), file.size)
                attachments.check_inside(file.name, file)
            except attachments.AttachmentRefused as error:
                raise ValidationError(str(error)) from error
            file.seek(0)
        return file

    def clean(self):
        cleaned = super().clean()
        file, stored = cleaned.get("file"), self.known.get(cleaned.get("stored"))
        if not file and not stored and not self.errors:
            raise ValidationError(_("Choose a file."))
        name = file.name if file else (stored or {}).get("file", "")
        if not cleaned.get("title"):
            stem = name.rpartition("/")[2].rpartition(".")[0]
            cleaned["title"] = (stem.strip() and stem or name)[:200]
        return cleaned

    known = {}  # {file name: row} of the versions of this article: nobody names another's file

    def row(self, names):
        upload, stored = self.cleaned_data.get("file"), self.known.get(self.cleaned_data.get("stored"))
        title = vietnamese.clean_line(self.cleaned_data["title"])
        if not upload:
            return {**stored, "title": title}
        name = default_storage.save(stored_name(None, upload.name), upload)
        return {"title": title, "file": name, "size": upload.size}


class AttachmentFormSet(RowsFormSet):
    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.known = self.known
        return form

    @cached_property
    def known(self):
        article = self.instance
        documents_ = [article.working.document] if article.working_id else []
        rows = [row for document in documents_ for row in document.get("attachments", [])]
        if article.pk:
            rows += Attachment.objects.filter(article=article).values("title", "file", "size")
            versions = article.revisions.filter(number=self.base).values_list("document", flat=True)
            rows += [row for document in versions for row in document.get("attachments", [])]
        return {row["file"]: row for row in rows}

    @property
    def base(self):
        """The number of the version that the form was opened with."""
        return number(self.data.get("base", ""))


class AttachmentInline(FoldedMixin, admin.TabularInline):
    model = Attachment
    form = AttachmentForm
    formset = AttachmentFormSet
    fields = ["title", "file", "stored", "current", "order"]
    readonly_fields = ["current"]
    extra = 0
    classes = ["sortable"]

    @admin.display(description="")
    def current(self, attachment):
        """What is stored: its kind and size, as a link."""
        if not attachment.file:
            return ""
        label = f"{attachment.kind}, {filesizeformat(attachment.size)}"
        return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', attachment.file.url, label)
