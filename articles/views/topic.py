from django.http import Http404


def topic(request, **kwargs):
    raise Http404
