"""Nothing at the desk speaks English: our words and Django's, in the catalogues and on every screen."""

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import django
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation.template import templatize
from django.utils.translation.trans_real import translation as catalogue_of

from tests.rights.conftest import world  # noqa: F401 (a fixture)
from tests.rights.table import PAGES, SCREENS
from tests.rights.test_addresses import arguments, screens, url_of

ROOT = Path(__file__).parent.parent.parent
DJANGO = Path(django.__file__).parent
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
# English words that are no Vietnamese word, alone or without its marks
ENGLISH = re.compile(
    r"\b(the|and|you|your|this|that|please|select|selected|with|without|from|of|is|are|was|were|not|by|for|or|"
    r"add|change|changed|delete|deleted|save|view|edit|search|filter|any|all|yes|user|users|group|password|history|"
    r"home|back|next|previous|show|hide|close|remove|choose|upload|error|errors|below|field|required|date|time|today|"
    r"article|articles|photo|photos|section|author|title|body|state|version|step|draft|published|article's)\b",
    re.IGNORECASE,
)
# What is the same in both languages, or is no sentence: formats, file kinds, names of products.
SAME = re.compile(
    r"\[\w+\]|JPEG|PNG|WebP|GIF|https?://\S*|/admin/\S*|\S+@\S+|[\w.-]+\.(?:jpg|htm|html|txt|pdf)"
    r"|Facebook|Zalo|YouTube|TikTok"
)


# The catalogues


def entries(file):
    """(msgid, msgstr, fuzzy) of a .po file, each string put together; obsolete entries and the header left out."""
    for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        texts, name = {}, ""
        for line in lines:
            if found := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
                name = found[1]
                texts[name] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                texts[name] += ast.literal_eval(line)
        if texts.get("msgid"):
            said = texts.get("msgstr", texts.get("msgstr[0]", ""))
            yield texts["msgid"], said, re.search(r"^#,.*\bfuzzy\b", block, flags=re.MULTILINE) is not None


@pytest.mark.parametrize("name", ["locale/vi/LC_MESSAGES/django.po", "newsroom/translations/vi/LC_MESSAGES/django.po",
                                  "newsroom/translations/vi/LC_MESSAGES/djangojs.po"])  # fmt: skip
def test_a_catalogue_leaves_nothing_open_or_uncertain(name):
    found = list(entries(ROOT / name))
    assert found
    assert [msgid for msgid, said, fuzzy in found if fuzzy or not said.strip()] == []


def said_in(source):
    """[(context, message)] that Python source hands to gettext."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            with_context = "pgettext" in name
            if len(words) > with_context:
                yield (words[0] if with_context else None), words[with_context]


def said_in_template(source):
    """[(context, message)] of a template, by what Django hands to GNU gettext in its place."""
    for name, first, second in re.findall(
        r"\b(_|n?p?gettext)\(\s*u?((?:'(?:[^'\\]|\\.)*')|(?:\"(?:[^\"\\]|\\.)*\"))(?:\s*,\s*u?('(?:[^'\\]|\\.)*'))?",
        templatize(source),
    ):
        words = [ast.literal_eval(text) for text in (first, second) if text]
        with_context = "p" in name.removesuffix("gettext")
        yield (words[0] if with_context else None), words[with_context]


def is_translated(context, message):
    catalogue = catalogue_of("vi")._catalog
    key = f"{context}\x04{message}" if context else message
    return bool(catalogue.get(key) or catalogue.get((key, 0)))


def test_every_word_of_the_code_is_in_a_catalogue():
    code = [*(ROOT / "articles").rglob("*.py"), *(ROOT / "newsroom").rglob("*.py")]
    said = {one for file in code if "demo" not in file.parts for one in said_in(file.read_text(encoding="utf-8"))}
    for file in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]:
        said |= set(said_in_template(file.read_text(encoding="utf-8")))
    assert len(said) > 500
    assert sorted(message for context, message in said if not is_translated(context, message)) == []


@pytest.mark.parametrize("app", ["admin", "auth"])
def test_djangos_own_words_at_the_desk_are_in_a_catalogue(app):
    folder = DJANGO / "contrib" / app
    said = {one for file in folder.rglob("*.py") if "management" not in file.parts for one in said_in(file.read_text())}
    for file in folder.rglob("*.html"):
        if "registration" not in file.parts:  # the reset of passwords by e-mail is not installed
            said |= set(said_in_template(file.read_text()))
    assert len(said) > 50
    assert sorted(message for context, message in said if not is_translated(context, message)) == []


@pytest.mark.django_db
def test_what_djangos_scripts_say_is_in_the_catalogue_of_the_browser(desk):
    catalogue = desk("chris").get("/admin/jsi18n/").content.decode()
    scripts = (DJANGO / "contrib/admin/static/admin/js").glob("**/*.js")
    said = {words for file in scripts if "vendor" not in file.parts
            for words in re.findall(r"\bgettext\('((?:[^'\\]|\\.)*)'\)", file.read_text())}  # fmt: skip
    assert len(said) > 20
    assert sorted(words for words in said if f"{json.dumps(words)}:" not in catalogue) == []


# The screens


class Words(HTMLParser):
    """What a person reads or hears of a page: text, labels, buttons. Not what was typed into it."""

    LABELS = {"title", "aria-label", "placeholder", "alt"}  # noqa: RUF012
    SILENT = {"script", "style", "textarea", "svg", "code"}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.found, self._silent, self._language = [], 0, 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self._silent += tag in self.SILENT
        said = [attrs[name] for name in self.LABELS & set(attrs)]
        if tag == "button" or (tag == "input" and attrs.get("type") in {"submit", "button", "reset"}):
            said.append(attrs.get("value", ""))
        said += [value for name, value in attrs.items() if name.startswith("data-") and " " in (value or "")]
        self.found += [words for words in said if words and not words.lstrip().startswith(("{", "["))]

    def handle_endtag(self, tag):
        self._silent -= tag in self.SILENT

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.found.append(" ".join(data.split()))


def english_in(html, english):
    reader = Words()
    reader.feed(html)
    return {words for words in reader.found if words in english or ENGLISH.search(SAME.sub("", words))}


@pytest.fixture(scope="module")
def english():
    """The words of our catalogue and of Django's that Vietnamese says differently."""
    found = {}
    for file in (ROOT / "locale/vi/LC_MESSAGES/django.po", ROOT / "newsroom/translations/vi/LC_MESSAGES/django.po",
                 *(DJANGO / f"contrib/{app}/locale/vi/LC_MESSAGES/django.po" for app in ("admin", "auth")),
                 DJANGO / "conf/locale/vi/LC_MESSAGES/django.po"):  # fmt: skip
        found |= {msgid: said for msgid, said, _fuzzy in entries(file)}
    # A word of one letter, a sign, or a word that Vietnamese writes the same ("Video", "no" in a text)
    return {msgid for msgid, said in found.items() if said and said != msgid and len(msgid) > 2}


def test_the_reader_of_words_finds_what_is_english(english):
    html = (
        '<p>Tin</p><a title="Delete this">x</a><textarea>the</textarea><input type="submit" value="Save"><p>Trail</p>'
    )
    assert english_in(html, english) == {"Delete this", "Save", "Trail"}


@pytest.fixture(scope="module")
def root(world):  # noqa: F811
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("tong", "", "x"))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["chris", "root"])
def test_no_screen_of_the_desk_says_a_word_of_english(world, root, english, who):  # noqa: F811
    client = root if who == "root" else world.clients[who]
    urls = [url_of(world, screen, verb) for screen, verb in screens().values()]
    urls += [reverse(f"admin:{name}", kwargs=arguments(world, name)) for name in PAGES if name != "jsi18n"]
    for article in world.articles.values():
        urls += [f"/admin/articles/article/{article.pk}/{page}/" for page in ("change", "history")]
    urls += [f"/admin/articles/article/{article.pk}/step/{verb}/" for article in world.articles.values()
             for verb in ("return", "publish", "update", "withdraw")]  # fmt: skip
    urls += [f"/admin/articles/{screen}/?q=zzz" for screen in SCREENS if "app" not in SCREENS[screen]]
    found, opened = {}, 0
    for url in urls:
        response = client.get(url)
        if response.status_code == 200 and "html" in response.headers["Content-Type"]:
            opened += 1
            if words := english_in(response.content.decode(), english):
                found[url] = words
    assert opened > 60
    assert found == {}


@pytest.mark.django_db
def test_no_refused_form_says_a_word_of_english(world, root, english):  # noqa: F811
    found = {}
    for screen, verb in screens().values():
        if verb == "add":
            with world.undone():
                response = root.post(url_of(world, screen, verb), {"_save": "1"})
            if response.status_code == 200 and (words := english_in(response.content.decode(), english)):
                found[screen] = words
    assert found == {}
    with translation.override("vi"):
        assert english_in(root.post("/admin/password_change/", {}).content.decode(), english) == set()
        assert english_in(Client().post("/admin/login/", {"username": "x"}).content.decode(), english) == set()
