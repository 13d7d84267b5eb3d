"""Filling in the board of a page as a browser does."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Placement
from tests.admin.forms import read

BOARD, PREVIEW = "/admin/articles/placement/", "/xem-truoc/trang-nhat/"


def opened(client, address=BOARD, **changes):
    """What the board sends when it is opened and some of its boxes are filled in."""
    return {**read(client.get(address)).values, **changes}


def with_pins(values, *pins):
    """The same with new rows: (article, place) or (article, place, from, until)."""
    values = dict(values)
    for number, pin in enumerate(pins, start=int(values["pins-TOTAL_FORMS"])):
        article, place, starts, ends = (*pin, "", "")[:4]
        row = {"article": getattr(article, "pk", article), "place": place, "starts": starts, "ends": ends}
        values |= {f"pins-{number}-{name}": value for name, value in row.items()}
        values["pins-TOTAL_FORMS"] = number + 1
    return values


def place(client, *pins, address=BOARD):
    return client.post(address, with_pins(opened(client, address), *pins))


def board(section=None):
    """[(place, article, whether it is on)] as stored, the rows that are over left out."""
    pins = Placement.objects.of(section).current().order_by("starts_at", "pk")
    return [(pin.place, pin.article, pin.is_active()) for pin in pins]


def standing(client, address="/"):
    return [card.pk for card in client.get(address).context["front"].top.articles]


def local(**ahead):
    return timezone.localtime(timezone.now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


def said(response):
    return response.content.decode()
