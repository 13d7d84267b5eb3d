"""What an index is asked, and how each of the two writes it.

Expressions are tuples: ("term", token), ("begin", token) for every token that begins so, ("and", parts), ("or", parts),
("not", expression, what it must not hold). Tokens hold no quotation marks (words.py), so nothing typed is ever syntax.
"""

NOTHING = ("or", ())


def term(token):
    return ("term", token)


def begin(token):
    return ("begin", token)


def both(*parts):
    """All of the expressions; with NOTHING among them it is nothing."""
    flat = [one for part in parts for one in (part[1] if part[0] == "and" else (part,))]
    return NOTHING if NOTHING in flat else _joined("and", flat)


def either(*parts):
    return _joined("or", [part for part in parts if part != NOTHING])


def without(part, *unwanted):
    return ("not", part, either(*unwanted)) if unwanted and part != NOTHING else part


def _joined(kind, parts):
    parts = tuple(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else (kind, parts)


def fts5(part):
    """In the language of SQLite's FTS5."""
    return _written(part, '"{}"', '"{}"*', "({} NOT {})", {"and": " AND ", "or": " OR "})


def tsquery(part):
    """In that of PostgreSQL's tsquery."""
    return _written(part, "'{}'", "'{}':*", "({} & !{})", {"and": " & ", "or": " | "})


def _written(part, term, begin, excluding, joints):
    kind, first, *rest = part
    if kind in joints:
        return "(" + joints[kind].join(_written(one, term, begin, excluding, joints) for one in first) + ")"
    if kind == "not":
        return excluding.format(*(_written(one, term, begin, excluding, joints) for one in (first, *rest)))
    return (begin if kind == "begin" else term).format(first)


def holds(part, tokens):
    """Whether the tokens of one article fit an expression."""
    kind, first, *rest = part
    if kind == "term":
        return first in tokens
    if kind == "begin":
        return any(token.startswith(first) for token in tokens)
    if kind == "not":
        return holds(first, tokens) and not holds(rest[0], tokens)
    return (all if kind == "and" else any)(holds(one, tokens) for one in first)
