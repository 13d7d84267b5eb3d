"""The HTML of a calendar's table, by hand as that of the cards (cards.py) and for the same reason: forty cells of ten
values each were half of what the templates of a day cost, and a year has twelve of them."""

from html import escape

from django.utils.formats import localize


def head(month):
    """The names of the weekdays. `month`: a Month of views/archive/months.py."""
    return "".join(
        f'<th scope="col"><abbr title="{escape(str(name))}">{escape(str(short))}</abbr></th>'
        for name, short in month.weekdays
    )


def rows(month):
    """The weeks, each a row of seven cells."""
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
