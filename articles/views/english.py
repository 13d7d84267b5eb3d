from django.http import Http404


def front(request, **kwargs):
    raise Http404


def section(request, **kwargs):
    raise Http404


def article(request, **kwargs):
    raise Http404
