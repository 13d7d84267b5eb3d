"""Pictures, where no web server or object storage stands in front to serve them."""

import posixpath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve

SERVED = {".jpg", ".webp"}  # what articles/renditions.py makes; nothing else that may lie there is handed out


@require_safe
def media(request, name):
    if "\x00" in name or posixpath.splitext(name)[1] not in SERVED:
        raise Http404(name)
    try:
        response = serve(request, name, document_root=settings.MEDIA_ROOT)
    except (OSError, SuspiciousFileOperation) as error:  # a name too long for the disk, or one that climbs out
        raise Http404(name) from error
    response.headers["Content-Disposition"] = "inline"
    # A picture's name is random and never used again.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
