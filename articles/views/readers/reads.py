from django.http import HttpResponse, HttpResponseForbidden
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.readers import reads

from .address import client_address, is_same_origin


@csrf_exempt  # a reader has no cookie and no session: there is nothing to forge, and the origin is asked for
@require_POST
@cache_control(no_store=True)
def count(request, pk):
    """The beacon of an article page (static/js/reads.js). The page itself is the same for all and stays in caches.

    The answer says nothing of whether the read counted, and asks no database: an article that does not exist is
    dropped when the counts are written.
    """
    if not is_same_origin(request):
        return HttpResponseForbidden()
    reads.count(pk, client_address(request), request.headers.get("User-Agent", ""))
    return HttpResponse(status=204)
