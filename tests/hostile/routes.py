"""Every address that the site answers, taken from its own resolver: a new one is asked hostile things by itself."""

import ast
import re
from dataclasses import dataclass

from django.contrib import admin
from django.urls import get_resolver

from articles.api import api
from tests import sources

PLACE = re.compile(r"<(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
# What stands in an address beside the number of what it is about; what is not named here is "1".
KNOWN = {
    "year": "2023", "month": "03", "day": "22", "kind": "csv", "verb": "submit", "number": "1", "app_label": "articles",
    "url": "nowhere/", "name": "2023/03/a/a.jpg", "secret": "x" * 43, "slug": "tin", "id": "1",
}  # fmt: skip


@dataclass(frozen=True)
class Route:
    name: str
    text: str  # /<section>/<slug>-<pk>/
    view: object

    @property
    def places(self):
        return PLACE.findall(self.text)

    @property
    def is_of_desk(self):
        return self.text.startswith("/admin/")

    def address(self, values, **other):
        values = {**values, **other}
        return PLACE.sub(lambda found: str(values.get(found[1], "1")), self.text)


def walk(patterns=None, base="/"):
    for one in get_resolver().url_patterns if patterns is None else patterns:
        text = base + _text(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from walk(one.url_patterns, text)
        else:
            yield Route(one.name or text, text, one.callback)


def _text(pattern):
    if hasattr(pattern, "_route"):
        return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(pattern._route))
    return re.sub(r"[\^$\\]", "", GROUP.sub(r"<\1>", str(pattern._regex)))


def parameters(method):
    """The names that our code reads from request.GET or request.POST, whoever reads them."""
    found = set()
    for file in sources.files():
        if f".{method}" in sources.text(file):
            for node in ast.walk(sources.tree(file)):
                found |= set(_read_by(node, method))
    return sorted(found)


def of_api():
    """The names of the parameters of the API, from its own description."""
    operations = [path["get"] for path in api.get_openapi_schema()["paths"].values()]
    return sorted({one["name"] for operation in operations for one in operation["parameters"] if one["in"] == "query"})


def _read_by(node, method):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"get", "getlist"}:
        where, names = node.func.value, node.args[:1]
    elif isinstance(node, ast.Subscript):
        where, names = node.value, [node.slice]
    elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In):
        where, names = node.comparators[0], [node.left]
    else:
        return
    if isinstance(where, ast.Attribute) and where.attr == method:
        yield from (name.value for name in names if isinstance(name, ast.Constant) and isinstance(name.value, str))


OF_LISTS = ["q", "o", "p", "all", "e", "_popup", "_to_field", "_changelist_filters"]  # Django's own
OF_AUTOCOMPLETE = ["term", "app_label", "model_name", "field_name", "page"]


def of_filters():
    """{the list's route: the parameters of its filters}"""
    found = {}
    for model, screen in admin.site._registry.items():
        names = [name for one in screen.list_filter for name in _of_filter(one)]
        found[f"{model._meta.app_label}_{model._meta.model_name}_changelist"] = [*names, *OF_LISTS]
    return found


def _of_filter(one):
    if isinstance(one, str):
        return [f"{one}__exact", f"{one}__id__exact"]
    return getattr(one, "parameters", None) or [getattr(one, "parameter_name", "")]
