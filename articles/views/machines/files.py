from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Disallow: {reverse('search')}", f"# {settings.SITE_URL}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security(request, **kwargs):
    raise Http404


def manifest(request, **kwargs):
    raise Http404


def favicon(request, **kwargs):
    raise Http404


def llms(request, **kwargs):
    raise Http404


def opensearch(request, **kwargs):
    raise Http404
