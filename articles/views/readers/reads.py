from django.http import Http404


def count(request, **kwargs):
    raise Http404
