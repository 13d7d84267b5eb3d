"""The form of one photo: its picture, where it is cut, its words and rights."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import renditions
from articles.editorial import photos, trail
from articles.models import Photo

from . import limit

UPLOAD_MB = renditions.UPLOAD_LIMIT // 2**20
ACCEPT = "image/jpeg,image/png,image/webp,image/gif"
TOO_LARGE = gettext_lazy("The file is larger than %(limit)s MB.")


def note_refusal(user, upload, reason):
    """For the trail: who tried to bring in what."""
    trail.record(user, "upload", kind="photo", label=f"{upload.name[:100]}: {reason}", outcome=trail.REFUSED)


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TakenInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def _percent(label, most=100, **options):
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, **options)


def _fine_percent(label, **options):
    box = forms.NumberInput(attrs={"step": "0.1"})
    return forms.FloatField(label=label, min_value=0, max_value=100, required=False, widget=box, **options)


class PhotoForm(forms.ModelForm):
    upload = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy("JPEG, PNG, WebP or GIF, at most 10 MB. Places and camera data are removed."),
    )
    focus_x = _percent(gettext_lazy("Focal point: percent from the left"))
    focus_y = _percent(gettext_lazy("percent from the top"))
    cut_left = _fine_percent(gettext_lazy("Cut: percent from the left"))
    cut_top = _fine_percent(gettext_lazy("percent from the top"))
    cut_width = _fine_percent(
        gettext_lazy("width in percent"),
        help_text=gettext_lazy("The part that lists show, 3:2. No width: it is cut about the focal point."),
    )
    prepared = data_of_upload = None
    user = None  # who fills it in; the screen says it

    class Meta:
        model = Photo
        fields = [
            *("focus_x", "focus_y", "caption", "credit", "alt", "taken_at", "rights", "rights_until"),
            *("is_illustration", "made_by_ai"),
        ]
        widgets = {"caption": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk and "caption" in self.fields:
            self.fields["caption"].help_text = _("Empty fields are filled in from the file.")
        if self.instance.pk and "upload" in self.fields:
            replaced = _("A new file takes the place of this one everywhere: above articles, in galleries, in texts.")
            self.fields["upload"].help_text = f"{self.fields['upload'].help_text} {replaced}"
        for name, value in zip(("cut_left", "cut_top", "cut_width"), self.instance.cut or (), strict=False):
            self.initial.setdefault(name, value)
        if self.instance.taken_at:  # to the minute, as the box shows it
            self.initial["taken_at"] = self.instance.taken_at.replace(second=0, microsecond=0)

    def clean_focus_x(self):
        return _or(self.cleaned_data["focus_x"], self.instance.focus_x)

    def clean_focus_y(self):
        return _or(self.cleaned_data["focus_y"], self.instance.focus_y)

    def clean_taken_at(self):
        """A form that nobody touched keeps the seconds."""
        return self.cleaned_data["taken_at"] if "taken_at" in self.changed_data else self.instance.taken_at

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if not upload and not self.instance.pk:
            raise forms.ValidationError(_("Choose a picture."))
        if upload and upload.size > renditions.UPLOAD_LIMIT:
            raise forms.ValidationError(TOO_LARGE % {"limit": UPLOAD_MB})
        if upload and not limit.may_upload(self.user):
            raise forms.ValidationError(limit.REACHED)
        return upload

    def clean(self):
        """Makes the files while the form can still be refused: of an upload, or the crops of another place."""
        super().clean()
        if self.errors:
            return
        upload, focus = self.cleaned_data["upload"], (self.cleaned_data["focus_x"], self.cleaned_data["focus_y"])
        cut = self._cut()
        try:
            if upload:
                self.data_of_upload = upload.read()
                self.prepared = photos.prepare(self.data_of_upload, focus, cut=cut)
            elif self.instance.master and (focus, cut) != (self.instance.focus, self.instance.cut):
                self.prepared = photos.prepare_again(self.instance, focus, cut)
        except renditions.PictureRefused as error:
            self.add_error("upload" if upload else "focus_x", str(error))
            if upload:
                note_refusal(self.user, upload, error)

    def _cut(self):
        """What was typed; a form that does not speak of it leaves it, an empty width takes it away."""
        if self.add_prefix("cut_width") not in self.data:
            return self.instance.cut
        left, top, width = (self.cleaned_data[name] or 0 for name in ("cut_left", "cut_top", "cut_width"))
        if not width:
            return None
        return renditions.fit(self.instance.size, left, top, width) if self.instance.width else (left, top, width)


def _or(value, otherwise):
    return otherwise if value is None else value
