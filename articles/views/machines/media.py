"""Pictures and attachments: to readers what something public shows (articles/readers/files.py), to the desk what it
works on, to who was given a link to a version what that version shows. To anybody else it is not there.

A web server in front may send the files itself, if it asks `allowed` first (deploy/nginx.conf).
"""

import re

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

from articles import attachments
from articles.editorial import files as drafts
from articles.readers import files
from articles.views import shared_cookie

PART_LIMIT = 4 * 1024 * 1024  # bytes in one answer; a player asks for the next by itself
LONGEST = 200  # characters, as the columns that hold names
_ONE_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?")


# To one person: no cache on the way keeps it, and the own browser not for longer than an hour of work.
PRIVATE = {"Cache-Control": "private, max-age=3600", "Vary": "Cookie"}


@require_safe
def allowed(request, name):
    """Whether readers may have a file: 204 or 403, for the web server in front."""
    may = is_file(name) and files.is_public(name)
    return HttpResponse(status=204 if may else 403, headers={"Cache-Control": "no-cache"})


def is_file(name):
    """Whether a stored file may bear this name; what it is called on a disk or in the database comes after."""
    return "\x00" not in name and len(name) <= LONGEST and bool(attachments.headers(name))


@require_safe
def media(request, name):
    headers = _headers_for(request, name)
    if settings.MEDIA_ORIGIN:  # texts of before know this address; the file is where readers are sent
        rule = {"Cache-Control": headers["Cache-Control"]}
        return HttpResponsePermanentRedirect(default_storage.url(name), headers=rule)
    try:
        response = _whole(request, name)
    except ConnectionError:  # an object storage that is down does not say that a picture is gone
        return HttpResponse(status=503, headers={"Cache-Control": "no-store", "Retry-After": 10})
    except (OSError, SuspiciousOperation) as error:  # a name too long for the disk, or one that climbs out
        raise Http404(name) from error
    if name.rpartition(".")[2] in attachments.SOUND:
        response = _part(request, response)
    for header, value in headers.items():
        response.headers[header] = value
    return response


def _headers_for(request, name):
    """The headers under which whoever asks may have the file, or 404."""
    if is_file(name):
        if files.is_public(name):
            return attachments.headers(name)
        if _may_see_before(request, name):
            return {**attachments.headers(name), **PRIVATE}
    raise Http404(name)


def _may_see_before(request, name):
    """Who has no cookie of ours is asked no further."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and drafts.can_fetch(request.user, name):
        return True
    return any(drafts.is_of(link, name) for link in shared_cookie.links(request))


def _whole(request, name):
    changed = default_storage.get_modified_time(name).timestamp()
    if not was_modified_since(request.headers.get("If-Modified-Since"), changed):
        return HttpResponseNotModified()
    return FileResponse(default_storage.open(name), headers={"Last-Modified": http_date(changed)})


def _part(request, whole):
    """The part of a sound file that a player asks for when a reader jumps in it (RFC 9110, one range)."""
    whole.headers["Accept-Ranges"] = "bytes"
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if whole.status_code != 200 or not asked or asked.group() == "bytes=-" or "If-Range" in request.headers:
        return whole
    size = int(whole.headers["Content-Length"])
    begin, end = (int(number) if number else None for number in asked.groups())
    if begin is None:
        begin, end = max(0, size - end), None
    end = size - 1 if end is None else min(end, size - 1)
    end = min(end, begin + PART_LIMIT - 1)
    if begin > end:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    whole.file_to_stream.seek(begin)
    content = whole.file_to_stream.read(end - begin + 1)
    whole.close()
    headers = {"Content-Range": f"bytes {begin}-{end}/{size}", "Accept-Ranges": "bytes"}
    return HttpResponse(content, status=206, headers=headers)
