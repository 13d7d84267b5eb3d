"""Our own code, read once for all tests that look into it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def files():
    """The Python files of the product, migrations left out."""
    found = (file for part in ("articles", "newsroom") for file in sorted((ROOT / part).rglob("*.py")))
    return [file for file in found if "migrations" not in file.parts]


@cache
def text(file):
    return file.read_text(encoding="utf-8")


@cache
def tree(file):
    return ast.parse(text(file))
