"""Pictures and attachments, where no web server or object storage stands in front to serve them."""

import posixpath
import re

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles import attachments

# What is handed out, and nothing else that may lie there: the files of articles/renditions.py, and attachments, which
# are saved and never opened inside the site; but sound is played in the page.
PICTURES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png"}
SOUND = {"mp3"}
PART_LIMIT = 4 * 1024 * 1024  # bytes in one answer; a player asks for the next by itself
_ONE_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?")


@require_safe
def media(request, name):
    ending = posixpath.splitext(name)[1].removeprefix(".")
    kind = PICTURES.get(ending) or (ending.islower() and attachments.media_type(name))
    if "\x00" in name or not kind:
        raise Http404(name)
    try:
        response = serve(request, name, document_root=settings.MEDIA_ROOT)
    except (OSError, SuspiciousFileOperation) as error:  # a name too long for the disk, or one that climbs out
        raise Http404(name) from error
    if ending in SOUND:
        response = _part(request, response)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = "inline" if ending in PICTURES or ending in SOUND else "attachment"
    # A file's name is random and never used again.
    response.headers["Cache-Control"] = "max-age=31536000, immutable"
    return response


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
