from django.http import Http404


def comments(request, **kwargs):
    raise Http404
