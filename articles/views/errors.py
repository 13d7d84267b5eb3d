"""What readers see when something is not there, or broken. The page of a 500 asks no database."""

from django.db import Error
from django.shortcuts import render as plain_render

from . import page


def not_found(request, exception=None):
    return _friendly(request, "404.html", 404)


def bad_request(request, exception=None):
    return plain_render(request, "400.html", status=400)


def forbidden(request, exception=None):
    return plain_render(request, "403.html", status=403)


def server_error(request):
    return plain_render(request, "500.html", status=500)


def _friendly(request, template, status):
    try:
        return page.render(request, template, {}, status=status)
    except Error:
        return plain_render(request, "500.html", status=500)
