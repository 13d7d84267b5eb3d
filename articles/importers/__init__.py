"""Old pages → articles.

`parse` is pure: bytes in, IncomingArticle or ImportRefused out. `save` stores one, and tells created from updated from
skipped. `manage.py import_archive` drives both over files and folders (run.py).
"""

from . import reading, text_page
from .html import page as html_page
from .incoming import ImportRefused, IncomingArticle
from .saving import Outcome, save

FORMATS = ("auto", "text", "html")

__all__ = ["FORMATS", "ImportRefused", "IncomingArticle", "Outcome", "parse", "save"]


def parse(data, name="", format="auto"):
    """The article in a page's bytes. `name` is the file's; the bytes decide what the format is, unless it is given."""
    text = reading.decode(data)
    if format == "html" or (format == "auto" and reading.is_html(text)):
        return html_page.parse(text)
    return text_page.parse(text)
