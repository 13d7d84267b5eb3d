"""The texts into which words are put, by format() or by %: they stand in the code, and are nobody's words."""

import ast

from tests.sources import ROOT

from .test_code import CODE

# How many of the words that these are called with are texts.
GETTEXT = {"_": 1, "_now": 1, "gettext": 1, "gettext_lazy": 1, "pgettext": 2, "pgettext_lazy": 2, "ngettext": 2}
# What the reader below does not follow; a person did, and says where it comes from.
FOLLOWED = {
    ("articles/admin/article/step.py", "done"): "two texts of editorial/steps.py",
    ("articles/admin/lists/filters.py", "words"): "the texts of the line above it",
    ("articles/api/contract.py", "str(words)"): "a text of MESSAGES",
    ("articles/alerts/finding.py", "said[kind]"): "the texts of the lines above it",
    ("articles/editorial/checks/check.py", "message"): "a text of the check that calls it",
    ("articles/editorial/pins.py", "self.error_messages['too_many']"): "the text of the lines above it",
    ("articles/models/article.py", "_address()"): "an address of our own patterns, made by reverse()",
    ("articles/models/category.py", "_address()"): "the same",
    ("articles/day_paths.py", "_pattern(name, bool(section), len(parts))"): "the same",
    ("articles/models/newest.py", "shape"): "as_sql() of a lookup: the text of the lines beside it",
    ("articles/players.py", "address"): "a column of _PROVIDERS",
    ("articles/players.py", "frame"): "the same",
    ("articles/seeding/writing.py", "number"): "no text: a remainder",
    ("articles/search/expressions.py", "excluding"): "the signs of an engine, named by fts5() and tsquery()",
    ("articles/search/expressions.py", "begin if kind == 'begin' else term"): "the same",
}


def templates(tree):
    """(the function around it or None, the text) of every place at which words are put into one."""
    for scope, node in _scoped(tree, None):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            if name in {"format", "format_map"} and isinstance(node.func, ast.Attribute):
                yield scope, node.func.value
            elif name in {"format_html", "format_html_join"}:
                yield scope, node.args[name == "format_html_join"]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and not _is_number(node.right):
            yield scope, node.left


def _scoped(node, scope):
    for child in ast.iter_child_nodes(node):
        yield scope, child
        yield from _scoped(child, child if isinstance(child, ast.FunctionDef) else scope)


def _is_number(node):
    """A remainder. Were the other side a text: a number tells nobody anything."""
    is_length = isinstance(node, ast.Call) and ast.unparse(node.func) == "len"
    return is_length or isinstance(getattr(node, "value", None), int | float) or _is_constant(node)


def _is_constant(node):
    return isinstance(node, ast.Name) and node.id.isupper()


def is_ours(node, scope):
    """Whether it stands in the code: as it is, to be translated, or under a name, in capitals or of this function."""
    if isinstance(node, ast.IfExp):
        return is_ours(node.body, scope) and is_ours(node.orelse, scope)
    if isinstance(node, ast.Call):
        texts = node.args[: GETTEXT.get(ast.unparse(node.func), 0)]
        return bool(texts) and all(isinstance(text, ast.Constant) for text in texts)
    if isinstance(node, ast.Name) and not _is_constant(node) and scope is not None:
        named = [one for one in ast.walk(scope) if isinstance(one, ast.Name | ast.arg)]
        given = [one for one in named if getattr(one, "id", getattr(one, "arg", "")) == node.id]
        given = [one for one in given if not isinstance(getattr(one, "ctx", None), ast.Load)]
        said = [one.value for one in ast.walk(scope) if isinstance(one, ast.Assign) and one.targets[0] in given]
        return 0 < len(said) == len(given) and all(is_ours(value, None) for value in said)
    return isinstance(node, ast.Constant) or _is_constant(node) or _is_constant(getattr(node, "value", None))


def test_the_reader_of_templates_knows_a_bad_one():
    bad = """
def one(article, text, template="{}"):
    text.format(1), article.title % {"a": 1}, _(article.title) % {"a": 1}, format_html(text, 1), (_("a") + text) % [1]
    f"{text}{{}}".format(1), template.format_map({}), format_html_join("", text, [])
    line = _("a")
    line = text
    line % {"a": 1}"""
    good = """
SHAPES = {"a": "{}"}
def one(count, day):
    box = "<b>{}</b>"
    format_html(box, 1), SHAPES["a"].format(1), _("%(a)s") % {"a": 1}, ngettext("a", "b", count) % {"a": 1}, day % 7"""
    assert [is_ours(node, scope) for scope, node in templates(ast.parse(bad))] == [False] * 9
    assert [is_ours(node, scope) for scope, node in templates(ast.parse(good))] == [True] * 4


def test_words_are_put_into_texts_that_stand_in_the_code():
    """A text of somebody's that became a template could ask our objects for what they hold: {0.__class__}."""
    found = [(str(file.relative_to(ROOT)), *one) for file, tree in CODE.items() for one in templates(tree)]
    foreign = {(file, ast.unparse(node)) for file, scope, node in found if not is_ours(node, scope)}
    assert foreign - set(FOLLOWED) == set()
    assert set(FOLLOWED) - foreign == set()
    assert len(found) > 150
