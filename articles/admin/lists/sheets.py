"""Rows as a CSV or an XLSX file that a spreadsheet opens right and that no cell of can do anything.

Titles are typed by many hands, and a spreadsheet runs what looks like a formula. In CSV such a cell begins with an
apostrophe. In XLSX every text is stored as text, which is never run; moments are dates there, so they sort.
"""

import csv
import re
import tempfile
from datetime import datetime

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from articles import vietnamese

MOST = 20_000  # rows of one file
CELL = 32_000  # letters; a spreadsheet holds 32,767
KINDS = ["csv", "xlsx"]

# With an equals sign of full width Excel begins a formula too; others take a semicolon or a bar for a new cell.
_STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(rf"[{_STARTS};|\t\r\n]")
_NEXT_CELL = re.compile(rf"([;|\t\r\n]\s*)(?=[{_STARTS}])")


def neutral(value):
    """A text as a cell of CSV that no spreadsheet takes for a formula."""
    text = vietnamese.clean_line(str(value))[:CELL]
    text = _NEXT_CELL.sub(r"\1'", text)
    return f"'{text}" if _FORMULA.match(text) else text


def respond(kind, name, headings, rows):
    """The file as a response. `rows` yields lists of texts, numbers and aware moments."""
    return (_csv if kind == "csv" else _xlsx)(f"{name}.{kind}", [_capital(label) for label in headings], rows)


def _capital(label):
    text = str(label)
    return text[:1].upper() + text[1:]


class _Line:
    """What csv.writer writes to, one line at a time."""

    def write(self, text):
        return text.encode("utf-8")


def _csv(name, headings, rows):
    def lines():
        writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
        yield b"\xef\xbb\xbf" + writer.writerow(list(map(neutral, headings)))  # the mark tells Excel that it is UTF-8
        for row in rows:
            yield writer.writerow([_plain(value) for value in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _plain(value):
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    return value if isinstance(value, int) else neutral(value)


def _xlsx(name, headings, rows):
    """Written row by row into a file of its own: a book of 20,000 rows needs no memory to speak of."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, 18)
        for column, text in enumerate(headings):
            sheet.write_string(0, column, text, bold)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, line, column, value, moment)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)


def _write(sheet, line, column, value, moment):
    if isinstance(value, datetime):
        sheet.write_datetime(line, column, timezone.localtime(value).replace(tzinfo=None), moment)
    elif isinstance(value, int):
        sheet.write_number(line, column, value)
    elif value:
        sheet.write_string(line, column, vietnamese.clean_line(str(value))[:CELL])
