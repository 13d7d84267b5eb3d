"""tests/data/rights.toml as cells: (action, object) → the people who may."""

import tomllib
from pathlib import Path

TABLE = tomllib.loads((Path(__file__).parent.parent / "data" / "rights.toml").read_text(encoding="utf-8"))
PEOPLE = list(TABLE["people"])
ROLES = [name for name in PEOPLE if name not in {"ron", "bea"}]  # one a role: what is asked without sections and owners
SCREENS, PAGES = TABLE["screens"], TABLE["pages"]
ARTICLES = [
    *("draft", "submitted", "editing", "review", "approved", "scheduled", "published", "withdrawn"),
    *("loose", "free", "sub", "eyes_review", "eyes_approved"),
]
PHOTOS = ["unused", "used", "other"]
VERBS = ["submit", "recall", "take", "return", "pass", "approve", "publish", "update", "withdraw"]


def cells(noun, objects):
    """{(action, object): people} for every action of a noun and every object: who is not named may not."""
    found = {(action, name): set() for action in TABLE[noun] for name in objects}
    for action, lines in TABLE[noun].items():
        for names, people in lines.items():
            for name in names.split():
                assert (action, name) in found, f"{action}: there is no {name}"
                assert set(people.split()) <= set(PEOPLE), f"{action} {name}: {people}"
                found[action, name] |= set(people.split())
    return found


ARTICLE_CELLS, PHOTO_CELLS = cells("article", ARTICLES), cells("photo", PHOTOS)


def fields():
    """{screen: {person: the columns that the form has for them}}; a line may name another person's with more."""
    found = {}
    for screen, lines in TABLE["fields"].items():
        for people, names in lines.items():
            for who in people.split():
                found.setdefault(screen, {}).setdefault(who, set()).update(names.split())
    return found


FIELDS = fields()
