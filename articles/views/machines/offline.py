from django.http import Http404


def worker(request, **kwargs):
    raise Http404


def offline(request, **kwargs):
    raise Http404
