"""CKEditor at the desk: for the body of an article, of its English version, and of a page about the newspaper."""

from ckeditor.widgets import CKEditorWidget

from articles import editor, richtext


class BodyWidget(CKEditorWidget):
    """CKEditor is handed clean HTML only, also when a refused form is shown again, and keeps all that is clean."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.config["extraAllowedContent"] = editor.extra_content(richtext.TAGS, richtext.ATTRIBUTES, richtext.CLASSES)

    def format_value(self, value):
        return richtext.clean(value or "")


class BodyFormMixin:
    """A form whose `body` is edited with CKEditor, whatever limit the browser is told of elsewhere."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].widget = BodyWidget(attrs=self.fields["body"].widget.attrs)
            self.fields["body"].widget.attrs.pop("maxlength", None)
