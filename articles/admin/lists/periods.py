"""Stretches of days that a newsroom asks for every day: by a word in the address, so that a saved one moves along."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import days

LABELS = {
    "today": gettext_lazy("Today"),
    "yesterday": gettext_lazy("Yesterday"),
    "7-days": gettext_lazy("Past 7 days"),
    "this-month": gettext_lazy("This month"),
    "last-month": gettext_lazy("Last month"),
}
PARAMETERS = ("period", "day_from", "day_to")


def bounds(name, today=None):
    """(first day, last day) of a stretch, both included; KeyError for a word that names none."""
    today = today or days.today()
    month = today.replace(day=1)
    return {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "7-days": (today - timedelta(days=6), today),
        "this-month": (month, days.next_month(month) - timedelta(days=1)),
        "last-month": ((month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)),
    }[name]


@dataclass(frozen=True)
class Asked:
    """What an address asks for: `first` and `last`, each perhaps None; `error` where it makes no sense.

    Days that were typed stand above the word, because they came later.
    """

    name: str = ""
    first: date | None = None
    last: date | None = None
    error: str = ""
    wrong: frozenset = frozenset()  # the boxes that hold no date


def read(period, day_from, day_to):
    typed = {"day_from": day_from, "day_to": day_to}
    found = {name: _day(text) for name, text in typed.items()}
    if wrong := frozenset(name for name, text in typed.items() if text and not found[name]):
        text = next(typed[name] for name in typed if name in wrong)[:40]
        error = _("“%(text)s” is not a date. Write it like 22/11/2010.") % {"text": text}
        return Asked("", found["day_from"], found["day_to"], error, wrong)
    if any(typed.values()):
        first, last = found["day_from"], found["day_to"]
        backwards = bool(first and last and first > last)
        return Asked("", first, last, _("The first day is after the last.") if backwards else "")
    if not period:
        return Asked()
    if period not in LABELS:
        return Asked(error=_("“%(text)s” is none of the choices.") % {"text": period[:40]})
    return Asked(period, *bounds(period))


def _day(text):
    """The text as a day; None where it is empty or no date."""
    try:
        return days.parse(text)
    except ValueError:
        return None
