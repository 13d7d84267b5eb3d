"""What the code itself shows: no expression that a long text can stall, no SQL put together from what somebody typed,
no text field without an end."""

import ast
import importlib
import pkgutil
import re
import re._parser as parser
import signal
from collections import defaultdict
from contextlib import contextmanager

from django.apps import apps
from django.core.validators import MaxLengthValidator
from django.db import models

import articles
import newsroom
from articles.fields import AddressField, CleanMixin
from tests import sources

from . import words

CODE = {file: sources.tree(file) for file in sources.files()}
LONG = 50_000
# What stalls an expression is one thing over and over, and then an end that does not fit.
PARTS = [
    "a",
    "A ",
    " ",
    "\n",
    "0",
    "-",
    ".",
    "<",
    "<p>",
    "<a href=",
    "<img ",
    "</p>",
    "&nbsp;",
    "(",
    '"',
    "/",
    "a/",
    "a.",
]
PARTS += ["a-", "ạ", "“", "1/1/", "10:10 ", "="]
PARTS = PARTS if words.CORPUS else PARTS[:10:2]
PROBES = [part * (LONG // len(part)) + "\0" for part in PARTS]


def calls(tree):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))


# Regular expressions

VERBS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
ONCE = {"match", "fullmatch"}  # begin at one place; the others begin at every one


def constant():
    """(where, pattern, verb) of every expression that stands in the code."""
    for file, tree in CODE.items():
        for call in calls(tree):
            is_re = isinstance(call.func.value, ast.Name) and call.func.value.id == "re"
            if is_re and call.func.attr in {*VERBS, "compile"} and isinstance(call.args[0], ast.Constant):
                yield f"{file.relative_to(sources.ROOT)}:{call.lineno}", call.args[0].value, call.func.attr


def verbs():
    """{name: what is done with an expression of that name, anywhere}."""
    found = defaultdict(set)
    for tree in CODE.values():
        for call in calls(tree):
            if call.func.attr in VERBS:
                found[getattr(call.func.value, "id", None) or getattr(call.func.value, "attr", "")].add(call.func.attr)
    return found


def compiled():
    """{expression: (where, verbs)} of all that a module of ours keeps compiled, and of those compiled when used."""
    found, used = {}, verbs()
    for package in (articles, newsroom):
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in one.name and one.name not in {"newsroom.wsgi", "newsroom.server"}:
                for name, value in vars(importlib.import_module(one.name)).items():
                    for expression in _patterns(value):
                        found.setdefault(expression, (f"{one.name}.{name}", used[name] or {"search"}))
    for where, text, verb in constant():
        if verb != "compile":
            found.setdefault(re.compile(text), (where, {verb}))
    return found


def _patterns(value):
    if isinstance(value, re.Pattern):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [one for one in value if isinstance(one, re.Pattern)] if isinstance(value, list | tuple | set) else []


def nested(tree, inside=False):
    """Whether a repetition without an end holds another one: the way to exponential time."""
    for name, value in tree:
        if name in {parser.MAX_REPEAT, parser.MIN_REPEAT}:
            _least, most, body = value
            endless = most is parser.MAXREPEAT
            if (inside and endless) or nested(body, inside or endless):
                return True
        elif any(nested(part, inside) for part in _parts(value)):
            return True
    return False


def _parts(value):
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _parts(one)


@contextmanager
def at_most(seconds):
    """Of the processor's time: others work on this machine."""

    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def test_the_reader_of_expressions_knows_a_bad_one():
    bad = [r"(a+)+$", r"(?:a*b?)*c", r"((a|b)+,?)+", r"(\s*\w+)*!"]
    assert [nested(parser.parse(text)) for text in bad] == [True] * 4
    assert [nested(parser.parse(text)) for text in (r"a+b+", r"(?:ab?){1,9}", r"(a+)?")] == [False] * 3


# Each of these has a character between two rounds that the inner part cannot take, so there is one way to read a text;
# the probe below holds them to it.
ONE_WAY = {
    r'<img(?:\s+(?!src=)[\w-]+="[^"]*")*\s*/?>', r'<(/?)([a-z][a-z0-9]*)(?:\s[a-z-]+="[^"]*")*\s?/?>',
    r'<(/?)([a-z][a-z0-9]*)((?:\s[a-z-]+="[^"]*")*)\s?/?>', r'<a(?:\s[a-z-]+="[^"]*")*?\shref="(?P<address>[^"]*)"',
    r"[^\W_]+(?:[-/.,][^\W_]+)*", r"[a-z]+(?:-[a-z]+)*",
}  # fmt: skip
OPENINGS = (
    "<p>\\s*(?:<(?:strong|b|em|i|u)>)*",
    "<img(?P<attributes>(?:",
    "(?:<br\\s*/?>(?:\\s|&nbsp;",
)  # of longer ones


def test_no_expression_repeats_what_repeats():
    found = {text for _where, text, _verb in constant() if nested(parser.parse(text))}
    assert {text for text in found - ONE_WAY if not text.startswith(OPENINGS)} == set()


# What these get cannot be such a text: it is HTML that our own cleaning wrote (every < is a tag, attributes quoted), or
# a cell of a list, as long as its field.
CLEAN = {"articles.richtext._TAG", "articles.editorial.compare._PICTURE", "articles.receipts.judging._PICTURE"}
CLEAN |= {"articles.editorial.checks.piece._TAG", "articles.admin.lists.sheets._NEXT_CELL"}
ON_CLEAN = {r"<p>(.*?)</p>"}  # the same, compiled when used


def is_stalled(expression, verbs, probe):
    try:
        with at_most(1):
            for verb in verbs & {"match", "fullmatch"} or {"search"}:
                getattr(expression, verb)(probe)
            if verbs - ONCE:
                expression.search(probe)
    except TimeoutError:
        return True
    return False


def test_no_expression_is_stalled_by_fifty_thousand_characters():
    stalled = set()
    for expression, (where, verbs) in compiled().items():
        is_bounded = where in CLEAN or expression.pattern in ON_CLEAN
        if not is_bounded and not where.startswith(("articles.importers", "articles/importers")):
            probes = PROBES if isinstance(expression.pattern, str) else [text.encode() for text in PROBES]
            stalled |= {(where, probe[:9]) for probe in probes if is_stalled(expression, verbs, probe)}
    assert stalled == set()


# SQL

FACES = tuple(f"articles/{name}" for name in ("views", "admin", "feeds", "sitemaps.py", "desk.py", "templatetags"))
OURS = {  # names of tables, columns and indexes, the parts of a statement, rows of placeholders
    *("INDEX", "MEMORY", "RELEASED", "REPLACED", "ROWS", "_VECTOR", "body", "day", "index", "name", "new", "old"),
    *("pragma", "rows", "self.index", "self.rows", "table", "value", "values"),
}


def test_the_faces_write_no_sql():
    found = [
        f"{file.relative_to(sources.ROOT)}:{call.lineno}"
        for file, tree in CODE.items()
        for call in calls(tree)
        if call.func.attr in {"raw", "extra", "execute", "executemany"}
        and str(file.relative_to(sources.ROOT)).startswith(FACES)
        and not isinstance(call.args[0], ast.Constant)
    ]
    assert found == []


def test_what_is_put_into_the_text_of_a_statement_is_a_name_of_ours():
    """Values are bound. A new name here is looked at by a person, who asks where it comes from."""
    found = set()
    for tree in CODE.values():
        for call in calls(tree):
            if call.func.attr in {"execute", "executemany", "raw", "extra"} and call.args:
                parts = getattr(call.args[0], "values", [])
                found |= {ast.unparse(part.value) for part in parts if isinstance(part, ast.FormattedValue)}
    assert found - OURS == set()


# Text fields

NOT_TYPED = {"search_text", "words", "last_error"}  # made by us of what has a limit


def text_fields():
    for model in apps.get_app_config("articles").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.CharField | models.TextField) and not field.choices:
                yield field


def test_every_text_has_a_limit_in_forms_and_models():
    endless = [str(field) for field in text_fields() if not field.max_length and field.name not in NOT_TYPED]
    assert endless == []
    loose = [
        str(field)
        for field in text_fields()
        if field.max_length and not any(isinstance(one, MaxLengthValidator) for one in field.validators)
    ]
    assert loose == []


OF_THE_PROGRAM = {f"articles.{field}" for field in (
    "Autosave.form", "CheckLevel.check_name", "Effect.key", "Effect.kind", "Effect.last_error", "ImportedSource.name",
    "ImportedSource.fingerprint", "ImportedSource.sha256", "Notice.url", "Presence.tab", "Proof.key", "Receipt.address",
    "Receipt.problem", "SavedFilter.query", "SharedVersion.token_hash", "TrailEntry.action", "TrailEntry.address",
    "TrailEntry.key", "TrailEntry.kind", "TrailEntry.label", "TrailEntry.person", "TrailEntry.person_name",
    "Guesses.key", "Passkey.credential", "RecoveryCode.mark", "SignIn.address", "SignIn.browser", "SignIn.mark",
    "SignIn.session_key", "Passkey.name",  # the last one is cleaned as it is typed (identity/pages.py)
)}  # fmt: skip


def test_every_text_that_somebody_types_is_cleaned_of_what_nobody_sees():
    plain = {
        str(field)
        for field in text_fields()
        if field.editable and not isinstance(field, CleanMixin | models.SlugField | models.EmailField | AddressField)
    }
    assert plain - OF_THE_PROGRAM == set()
