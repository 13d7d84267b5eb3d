"""Pictures and attachments, where no web server or object storage stands in front to serve them."""

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

PART_LIMIT = 4 * 1024 * 1024  # bytes in one answer; a player asks for the next by itself
_ONE_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?")


@require_safe
def media(request, name):
    headers = attachments.headers(name)
    if "\x00" in name or not headers:
        raise Http404(name)
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
