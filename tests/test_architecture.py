"""The shape of the project: which part may import which, where the few rules live, how long a unit may get.

A new part goes into MAY with the parts it may import. An exception to a size stands here with its reason.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests import sources

ROOT = Path(__file__).parent.parent
LEAVES = {
    *("vietnamese", "fields", "richtext", "renditions", "days", "editor", "players", "lunar", "insets", "snippets"),
    *("attachments", "prose", "metadata", "compiled", "hosts", "decoding", "packages", "addresses", "limits", "clock"),
    "day_paths",
}

# Part of articles/ → the other parts it may import. Faces (views … templatetags) never import each other, except the
# feeds, sitemaps and the API, which share the pages' masthead.
MAY = {
    "vietnamese": set(), "days": set(), "editor": set(), "players": set(), "lunar": set(), "decoding": set(),
    "renditions": {"decoding"}, "addresses": set(), "limits": set(), "clock": set(), "day_paths": set(),
    "packages": set(), "attachments": {"packages"}, "triggers": set(), "hosts": set(),
    "prepared": set(), "compiled": {"prepared"},
    "snippets": {"vietnamese"},
    "metadata": {"vietnamese", "days", "renditions"},
    "fields": {"vietnamese", "players"},
    "richtext": {"vietnamese", "fields"},
    "insets": {"richtext", "players"},
    "prose": {"richtext"},
    "models": LEAVES,
    "outbox": {"models", *LEAVES},
    "search": {"outbox", "models", *LEAVES},
    "jsonld": {"models", *LEAVES},
    "frontpage": {"models", *LEAVES},
    "readers": {"models", *LEAVES},
    "editorial": {"search", "models", *LEAVES},
    "identity": {"editorial", "models", *LEAVES},
    "alerts": {"backup", "outbox", "editorial", "models", *LEAVES},
    "receipts": {"outbox", "editorial", "models", *LEAVES},
    "importers": {"editorial", "models", *LEAVES},
    "demo": {"importers", "editorial", "models", *LEAVES},
    "seeding": {"demo", "triggers", "models", *LEAVES},
    "pagecache": {"outbox", "search", "editorial", "models", *LEAVES},
    "backup": {"search", "editorial", "pagecache", "models", *LEAVES},
    "views": {"search", "jsonld", "frontpage", "readers", "editorial", "models", "pagecache", *LEAVES},
    "feeds": {"views.page", "jsonld", "editorial", "models", "pagecache", *LEAVES},
    "api": {"views.page", "search", "jsonld", "models", "pagecache", *LEAVES},
    "sitemaps": {"views.page", "jsonld", "models", "pagecache", *LEAVES},
    "templatetags": {"jsonld", "editorial", "models", *LEAVES},
    "admin": {"identity", "frontpage", "readers", "editorial", "models", "search", "receipts", *LEAVES},
    "management": {
        *("seeding", "search", "demo", "importers", "readers", "editorial", "identity", "models", "outbox"),
        *("pagecache", "backup", "alerts"), *LEAVES,
    },
    # Wiring
    "receivers": {
        *("outbox", "identity", "search", "triggers", "editorial", "models", "pagecache", "receipts"), *LEAVES,
    },
    "desk": {"alerts", "identity", "editorial", "models"},
    "checks": set(),
    "apps": {"checks", "receivers", "pagecache"},
    "urls": {"views", "feeds", "sitemaps", "api"},
}  # fmt: skip
OUTSIDE = {
    "newsroom": {
        *("articles.editor", "articles.players", "articles.views.errors", "articles.urls", "articles.editorial.logins"),
        *(f"articles.pagecache.{part}" for part in ("agenda", "ahead", "gate", "leases", "purging", "store")),
        *("articles.outbox", "articles.readers.buffer", "articles.editorial.trail", "articles.views.readers.address"),
        *("articles.attachments", "articles.hosts", "articles.addresses", "articles.alerts", "articles.limits"),
    }
}

SINKS = {"utils", "common", "helpers", "services", "core", "misc", "lib", "tools"}
LONGEST_MODULE, LONGEST_FUNCTION, MOST_FILES = 350, 45, 12
LONG_MODULES, LONG_FUNCTIONS = {}, {}
FULL_FOLDERS = {
    "articles": "the leaves and the wiring, each under the name that the design gives it",
    "articles/demo/pictures": "one file a kind of thing that is drawn; nobody looks for a rule there",
    "articles/management/commands": "one command a file, under the names that operators type",
    "articles/editorial": "one verb a file, under the names that the design gives them",
    "articles/models/desk": "one noun a file, as its parent",
    "newsroom": "the wiring, one concern a file; nobody looks for a rule of the newspaper there",
    "tests": "what is asked of the whole project, and what all tests use",
    "tests/leaves": "one file a leaf",
    "tests/newsroom": "one file a concern, as its parent",
    "articles/models": "one noun a file: the folder is the glossary",
}


def modules(*folders):
    found = [
        file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in file.parts
    ]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in found}


CODE = modules("articles", "newsroom")
EVERYTHING = modules("articles", "newsroom", "deploy", "tests")


def imports(name, file):
    """The modules of ours that a module imports, wherever in it the import stands."""
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(sources.tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, node.module] if node.module else above)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in EVERYTHING else base


def part(name):
    return name.split(".")[1] if name.count(".") else ""


def upward(name, file):
    """Imports of a module in articles/ that its part may not have."""
    for target in imports(name, file):
        other = part(target)
        if target.split(".")[0] in {"newsroom", "tests"}:
            yield target
        elif target.startswith("articles.") and other != part(name):
            allowed = MAY[part(name)]
            if other not in allowed and not any(target == f"articles.{exact}" for exact in allowed):
                yield target


def test_the_reader_of_imports_sees_every_kind(tmp_path):
    file = tmp_path / "x.py"
    lines = ["import articles.days", "from . import page", "from ..models import Article", "from articles import views"]
    file.write_text("\n".join(lines[:3]) + f"\ndef f():\n    {lines[3]}\n")
    found = set(imports("articles.views.x", file))
    assert found == {"articles.days", "articles.views.page", "articles.models", "articles.views"}


@pytest.mark.parametrize("name", [name for name in CODE if part(name) and name.startswith("articles.")])
def test_imports_point_down(name):
    assert list(upward(name, CODE[name])) == []


def test_every_part_has_its_place():
    assert {part(name) for name in CODE if name.startswith("articles.")} - {""} == set(MAY)


@pytest.mark.parametrize("name", modules("newsroom"))
def test_the_project_is_wiring_only(name):
    ours = {target for target in imports(name, CODE[name]) if target.startswith("articles")}
    assert ours <= OUTSIDE["newsroom"]


def test_no_verb_of_the_desk_knows_a_request_or_html():
    web = re.compile(r"\brequest\b|HttpRe|django\.(http|shortcuts|template)|contrib\.admin")
    verbs = {name: file for name, file in CODE.items() if name.startswith(("articles.editorial", "articles.models"))}
    found = {name: web.findall(_without_docstrings(file)) for name, file in verbs.items()}
    assert {name: words for name, words in found.items() if words} == {}


@cache
def _without_docstrings(file):
    tree = ast.parse(sources.text(file))  # one of its own, since it is changed
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


# One rule, one place


RULES = {
    # what "public" means
    r"published_at__(lte|gt)\b|state=(State\.PUBLISHED|[\"']published)": {"articles/models/article.py"},
    # a change of state
    r"\.state = |update\([^)]*\bstate=": {
        *("articles/editorial/transitions.py", "articles/editorial/moderation.py", "articles/editorial/planning.py"),
    },
    # HTML that is shown as it is
    r"mark_safe|SafeString": {"articles/templatetags/news.py"},
    # the allow-list
    r"\bnh3\b": {"articles/richtext.py"},
    # folding
    r"unicodedata": {"articles/vietnamese.py", "articles/importers"},
    # the day begins in Vietnam
    r"ZoneInfo": {"articles/days.py"},
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_lives_in_its_one_place(rule):
    places = {str(file.relative_to(ROOT)) for file in CODE.values() if re.search(rule, _without_docstrings(file))}
    assert places
    assert {place for place in places if not place.startswith(tuple(RULES[rule]))} == set()


def test_no_template_switches_escaping_off():
    loose = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape off")
    templates = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "articles").rglob("*.html")]
    assert templates
    assert [file.name for file in templates if loose.search(file.read_text(encoding="utf-8"))] == []


# Names and sizes


@pytest.mark.parametrize("folder", ["articles", "newsroom", "deploy", "tests"])
def test_no_module_is_a_sink(folder):
    assert {name for name in modules(folder) if SINKS & set(name.split("."))} == set()


def test_every_folder_of_tests_is_a_package():
    folders = {file.parent for file in (ROOT / "tests").rglob("*.py")}
    assert [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_module_is_longer_than_a_reader_can_hold():
    lengths = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in EVERYTHING.items()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE and name not in LONG_MODULES} == {}


def test_no_function_is_longer_than_a_screen():
    found = {}
    for name, file in EVERYTHING.items():
        for node in ast.walk(sources.tree(file)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION:
                found[f"{name}.{node.name}"] = node.end_lineno - node.lineno + 1
    assert {name: lines for name, lines in found.items() if name not in LONG_FUNCTIONS} == {}


def test_no_folder_holds_more_modules_than_one_look_takes_in():
    counts = {}
    for file in EVERYTHING.values():
        if file.name != "__init__.py":
            folder = str(file.parent.relative_to(ROOT))
            counts[folder] = counts.get(folder, 0) + 1
    assert {folder: n for folder, n in counts.items() if n > MOST_FILES and folder not in FULL_FOLDERS} == {}


# The map


def test_the_map_of_the_readme_is_true():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^## Where things are$.*?^```\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)[1]
    paths = [line.split()[0] for line in block.splitlines() if line.strip()]
    assert len(paths) >= 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_map_of_the_readme_stands_in_the_order_of_the_imports():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^articles/(\w+)(?:/|\.py)", text, flags=re.MULTILINE)
    wrong = [(low, high) for place, low in enumerate(named) for high in named[:place] if high in MAY[low]]
    assert len(named) >= 10
    assert wrong == []


def test_files_named_in_the_readme_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:articles|newsroom|tests|static|templates|docs)/[\w./-]+)`", text))
    assert [name for name in named if not (ROOT / name).exists()] == []
