"""Filling in the desk's forms as a browser does: what a test does not change is sent as the page had it."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """The named values of the page's main form, and the names of its buttons."""

    def __init__(self):
        super().__init__()
        self.values, self.buttons = {}, []
        self._inside, self._textarea, self._select, self._several = False, None, None, False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "form":
            self._inside = attrs.get("id", "").endswith("_form")
        elif not self._inside:
            return
        elif tag == "input" and name:
            self._input(name, attrs)
        elif tag == "textarea":
            self._textarea, self.values[name] = name, ""
        elif tag == "select":
            self._select, self._several = name, "multiple" in attrs
            self.values[name] = [] if self._several else ""
        elif tag == "option" and self._select and "selected" in attrs:
            value = attrs.get("value", "")
            self.values[self._select] = [*self.values[self._select], value] if self._several else value
        elif tag == "button" and name:
            self.buttons.append(name)

    def _input(self, name, attrs):
        kind = attrs.get("type")
        if kind == "checkbox":
            if "checked" in attrs:  # one of several choices has a value of its own
                self.values[name] = [*self.values.get(name, []), attrs["value"]] if "value" in attrs else "on"
        elif kind not in {"file", "submit"}:
            self.values[name] = attrs.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._textarea:
            # A browser drops the newline that Django writes behind the opening tag.
            self.values[self._textarea] += data.removeprefix("\n") if not self.values[self._textarea] else data


def read(response):
    reader = FormReader()
    reader.feed(response.content.decode())
    return reader


def send(client, url, press="_continue", **changes):
    """Open `url`, change some boxes, press a button; the response after the redirect, or the refused form."""
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    return client.post(url, {**read(page).values, **changes, press: "1"}, follow=True)


def change_url(article):
    return f"/admin/articles/article/{article.pk}/change/"


ADD_URL = "/admin/articles/article/add/"
LIST_URL = "/admin/articles/article/"
