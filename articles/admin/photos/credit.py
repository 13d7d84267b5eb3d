"""Credit and rights for the photos that were ticked in the list."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.search import is_pk
from articles.editorial import photos
from articles.models import Photo

from .form import DayInput


class CreditForm(forms.ModelForm):
    only_empty = forms.BooleanField(
        label=gettext_lazy("Only where nothing is written yet"), required=False, initial=True
    )

    class Meta:
        model = Photo
        fields = ["credit", "rights", "rights_until"]
        widgets = {"rights_until": DayInput}

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned[name] for name in self.Meta.fields):
            raise forms.ValidationError(_("Write what the photos are to get."))
        return cleaned


def credit(screen, request):
    """A page that asks, then one step for all: photos that the person may not change are counted, not touched."""
    if not screen.has_change_permission(request):
        raise PermissionDenied
    keys = [int(pk) for pk in request.POST.getlist("photo")[: photos.MOST] if is_pk(pk)]
    chosen = Photo.objects.filter(pk__in=keys)
    if not chosen:
        messages.warning(request, _("Tick the photos first."))
        return HttpResponseRedirect(reverse("admin:articles_photo_changelist"))
    form = CreditForm(request.POST) if "apply" in request.POST else CreditForm()
    if form.is_bound and form.is_valid():
        return _apply(request, keys, form.cleaned_data)
    context = {
        **screen.admin_site.each_context(request),
        "title": _("Credit and rights of several photos"),
        "form": form,
        "photos": chosen,
        "opts": screen.opts,
    }
    return TemplateResponse(request, "admin/articles/photo/credit.html", context)


def _apply(request, keys, given):
    only_empty = given.pop("only_empty")
    changed, refused = photos.credit_many(request.user, keys, photos.Rights(**given), only_empty=only_empty)
    said = ngettext("%(number)s photo changed.", "%(number)s photos changed.", changed) % {"number": changed}
    messages.success(request, said) if changed else messages.info(request, _("No photo had to be changed."))
    if refused:
        words = ngettext(
            "%(number)s photo was left as it is: you may not change it.",
            "%(number)s photos were left as they are: you may not change them.",
            refused,
        )
        messages.warning(request, words % {"number": refused})
    return HttpResponseRedirect(reverse("admin:articles_photo_changelist"))
