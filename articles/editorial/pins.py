"""One row of a board as a form: a story, its place, from when until when."""

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import days
from articles.models import PLACES
from articles.models.placement import place_name

MOST = 60  # pins on one board; more would only be a forger's
HIGHEST = models.BigAutoField.MAX_BIGINT
MOMENT = "%Y-%m-%dT%H:%M"  # as a datetime-local box writes it


def places():
    """[('secondary-0', its name)], from the top of the page down."""
    return [
        (f"{slot}-{position}", place_name(slot, position))
        for slot, count in PLACES.items()
        for position in range(count)
    ]


class Moment(forms.DateTimeField):
    """A minute in Vietnam, on a day of the archive."""

    widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})

    def __init__(self, **options):
        super().__init__(required=False, input_formats=[MOMENT], **options)

    def clean(self, value):
        moment = super().clean(value)
        if moment and not days.holds(moment):
            raise forms.ValidationError(_("The time lies outside the years that the day archive holds."))
        return moment


class PinForm(forms.Form):
    pk = forms.IntegerField(required=False, min_value=1, max_value=HIGHEST, widget=forms.HiddenInput)
    article = forms.IntegerField(min_value=1, max_value=HIGHEST, widget=forms.HiddenInput)
    place = forms.ChoiceField(choices=places, label=gettext_lazy("Place"))
    starts = Moment(label=gettext_lazy("Stands from"))
    ends = Moment(label=gettext_lazy("Stands until"))
    remove = forms.BooleanField(required=False, label=gettext_lazy("Unpin"))

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts"), data.get("ends")
        if ends and starts and ends <= starts:
            self.add_error("ends", _("“Until” must be later than “from”."))
        elif ends and not data.get("pk") and ends <= timezone.now():
            self.add_error("ends", _("This time is over already."))
        return data


class BasePins(forms.BaseFormSet):
    default_error_messages = {
        "missing_management_form": gettext_lazy("The board did not arrive whole: open it again."),
        "too_many": gettext_lazy("A board holds at most %(most)s pins."),
    }
    board = None

    def clean(self):
        if self.total_form_count() > MOST:
            raise forms.ValidationError(self.error_messages["too_many"] % {"most": MOST})
        self.board.check_stories()


Pins = forms.formset_factory(PinForm, formset=BasePins, extra=0, max_num=MOST, absolute_max=2 * MOST)
