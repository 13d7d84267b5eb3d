"""The HTML of a calendar's table, by hand as that of the cards (cards.py) and for the same reason: forty cells of ten
values each were half of what the templates of a day cost, and a year has twelve of them."""

from functools import cache
from html import escape

from django.utils.formats import localize

from articles import days


@cache
def head(_language):
    """The names of the weekdays in the language that is active."""
    return "".join(
        f'<th scope="col"><abbr title="{escape(str(name))}">{escape(str(short))}</abbr></th>'
        for name, short in zip(days.WEEKDAYS, days.SHORT_WEEKDAYS, strict=True)
    )


def rows(month):
    """The weeks, each a row of seven cells. `month`: a Month of views/archive/months.py."""
    return "".join(f"\n<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in week)}</tr>" for week in month.weeks)


def _cell(cell):
    if cell is None:
        return ""
    current = ' aria-current="date"' if cell.is_current else ""
    day = f'<span class="calendar-day">{cell.number}</span>'
    if not cell.url:
        return f'<span class="calendar-quiet"{current}>{day}</span>'
    unit = f'<span class="calendar-unit"> {escape(cell.unit)}</span>'
    return (
        f'<a class="calendar-level-{cell.level}" href="{escape(cell.url)}"{current}>{day} '
        f'<span class="calendar-count">{localize(cell.count)}{unit}</span></a>'
    )
