from django.http import Http404


def static_page(request, **kwargs):
    raise Http404


def corrections(request, **kwargs):
    raise Http404
