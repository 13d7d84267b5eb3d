"""CKEditor at the desk: for the body of an article, of its English version, and of a page about the newspaper."""

from ckeditor.widgets import CKEditorWidget
from django import forms

from articles import editor, richtext, vietnamese

# CKEditor itself is named once more, because the order within one list is the only one that Django keeps.
PLUGINS = [
    "ckeditor/ckeditor/ckeditor.js",
    *(f"js/editor-{name}.js" for name in ("frames", "dialog", "inserts", "paste", "count")),
]


class BodyWidget(CKEditorWidget):
    """CKEditor is handed clean HTML only, also when a refused form is shown again, and keeps all that is clean."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.config["extraAllowedContent"] = editor.extra_content(richtext.TAGS, richtext.ATTRIBUTES, richtext.CLASSES)
        self.config["newsroom"] = {**self.config["newsroom"], "pace": vietnamese.WORDS_A_MINUTE}

    @property
    def media(self):
        """Our plugins, behind CKEditor itself, which they register with."""
        return super().media + forms.Media(css={"all": ["css/desk-writing-editor.css"]}, js=PLUGINS)

    def format_value(self, value):
        return richtext.clean(value or "")


class BodyFormMixin:
    """A form whose `body` is edited with CKEditor, whatever limit the browser is told of elsewhere."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].widget = BodyWidget(attrs=self.fields["body"].widget.attrs)
            self.fields["body"].widget.attrs.pop("maxlength", None)
