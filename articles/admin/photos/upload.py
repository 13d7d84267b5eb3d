"""How pictures come in: from CKEditor and the upload page by one JSON door, and many at once without JavaScript.

Never ckeditor_uploader's views. A body that says it is too long is refused before a byte of it is read; therefore the
CSRF check, which reads the body, stands behind that (the admin's own wrapper does it), and `csrf_exempt` only takes the
middleware's earlier look away.
"""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt

from articles import renditions
from articles.editorial import photos
from articles.models import Photo

from . import limit
from .form import UPLOAD_MB, DayInput, note_refusal

MOST = 20  # files in one form without JavaScript
WORDS_LIMIT = 1024 * 1024  # bytes of a form beside its files


class Refused(Exception):
    """Why a file did not become a photo, with the HTTP status."""

    def __init__(self, message, status=400):
        super().__init__(message)
        self.status = status


class SharedWords(forms.ModelForm):
    """What all files of one upload have in common."""

    class Meta:
        model = Photo
        fields = ["credit", "rights", "rights_until"]
        widgets = {"rights_until": DayInput}
        help_texts = {"credit": gettext_lazy("For every file; empty: as the file itself says.")}


def capped(view, files):
    """`view`, behind a look at how long the request says it is: so many files of the largest size."""

    @csrf_exempt
    @wraps(view)
    def asked(request, *args, **kwargs):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length[:18]) > files * renditions.UPLOAD_LIMIT + WORDS_LIMIT:
            return refusal(Refused(_too_large(), 413))
        return view(request, *args, **kwargs)

    return asked


def refusal(error):
    headers = {"Retry-After": limit.wait()} if error.status == 429 else {}
    answer = {"uploaded": 0, "error": {"message": str(error)}}
    return JsonResponse(answer, status=error.status, headers=headers)


def take_in(user, upload, **words):
    """The photo of an uploaded file, or Refused."""
    if upload is None or upload.size > renditions.UPLOAD_LIMIT:
        raise Refused(_too_large())
    if not limit.may_upload(user):
        raise Refused(str(limit.REACHED), 429)
    try:
        return photos.bring_in(user, upload.read(), **words)
    except renditions.PictureRefused as error:
        note_refusal(user, upload, error)
        raise Refused(str(error)) from error
    except OSError as error:  # the disk is full, the object storage does not answer
        message = _("The picture could not be stored. Please try again, or tell the administrator.")
        raise Refused(message, 507) from error


def _too_large():
    return _("Choose a picture of at most %(limit)s MB.") % {"limit": UPLOAD_MB}


def one(screen, request):
    """The JSON door: {uploaded, fileName, url} as CKEditor wants it; asked for a `tile`, also that, as HTML."""
    if not screen.has_add_permission(request):
        raise PermissionDenied
    shared = SharedWords(request.POST)
    try:
        if not shared.is_valid():
            raise Refused(" ".join(" ".join(errors) for errors in shared.errors.values()))
        photo = take_in(request.user, request.FILES.get("upload"), **shared.cleaned_data)
    except Refused as error:
        return refusal(error)
    answer = {"uploaded": 1, "fileName": f"{photo.pk}.jpg", "url": photo.address}
    if kind := request.POST.get("tile"):
        name = "admin/articles/photo/choice_tile.html" if kind == "choice" else "admin/articles/photo/tile.html"
        answer["tile"] = render_to_string(name, {"photo": photo})
    return JsonResponse(answer)


def many(screen, request):
    """The upload page: drag and drop where there is JavaScript, else one form with several files."""
    if not screen.has_add_permission(request):
        raise PermissionDenied
    shared = SharedWords(request.POST if request.method == "POST" else None)
    if shared.is_bound and shared.is_valid():
        return _take_all(request, shared.cleaned_data)
    added = [pk for pk in request.GET.get("added", "").split(",")[:MOST] if pk.isascii() and pk.isdecimal()]
    context = {
        **screen.admin_site.each_context(request),
        "title": _("Upload photos"),
        "form": shared,
        "added": Photo.objects.filter(pk__in=[int(pk[:18]) for pk in added]).exclude(master=""),
        "limit": renditions.UPLOAD_LIMIT,
        "most": MOST,
        "opts": screen.opts,
    }
    return TemplateResponse(request, "admin/articles/photo/many.html", context)


def _take_all(request, words):
    """Every file on its own: one that is refused keeps no other from coming in."""
    added = []
    uploads = request.FILES.getlist("upload")
    if not uploads:
        messages.error(request, _("Choose a picture."))
    for place, upload in enumerate(uploads):
        try:
            if place >= MOST:
                raise Refused(_("At most %(most)s files at once.") % {"most": MOST})
            added.append(take_in(request.user, upload, **words).pk)
        except Refused as error:
            messages.error(request, _("“%(file)s”: %(reason)s") % {"file": upload.name[:100], "reason": error})
    if added:
        said = ngettext("%(number)s photo uploaded.", "%(number)s photos uploaded.", len(added))
        messages.success(request, said % {"number": len(added)})
    page = reverse("admin:articles_photo_many")
    return HttpResponseRedirect(f"{page}?added={','.join(map(str, added))}" if added else page)
