"""The import over files and folders: every file gets its answer, none stops the others."""

import os
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from articles import vietnamese
from articles.models.article import TITLE_LENGTH

from . import parse, reading, report, saving
from .incoming import ImportRefused
from .lines import moments
from .sections import given_section

SUFFIXES = (".txt", ".html", ".htm")
PROGRESS_EVERY = 100  # files


@dataclass(frozen=True)
class Options:
    format: str = "auto"
    section: str | None = None
    title: str | None = None
    published: object = None
    dry_run: bool = False


def options(*, format="auto", section=None, title=None, published=None, dry_run=False):
    """Options checked once, before the first file; ImportRefused with what is wrong."""
    if title is not None:
        title = vietnamese.clean_line(title)
        if not 0 < len(title) <= TITLE_LENGTH:
            raise ImportRefused(_("A title has 1 to %(limit)s characters.") % {"limit": TITLE_LENGTH})
    if published is not None:
        try:
            published = moments.parse(published)
        except ValueError as error:
            raise ImportRefused(str(error)) from error
    if section is not None:
        section = vietnamese.clean_line(section)
        _answer(lambda: given_section(section))
    return Options(format, section, title, published, dry_run)


def pages(paths, one=False):
    """The files to import: those named, and every page below a folder, sorted. ImportRefused for a folder without."""
    found = []
    for path in map(Path, paths):
        if not os.path.isdir(path):  # unlike Path.is_dir, never raises
            found.append(path)
            continue
        inside = [Path(folder) / name for folder, _folders, names in os.walk(path) for name in names]
        inside = sorted(file for file in inside if file.suffix.lower() in SUFFIXES)
        if not inside:
            message = _("The folder %(folder)s holds no page (%(suffixes)s).")
            raise ImportRefused(message % {"folder": shown(path), "suffixes": ", ".join(SUFFIXES)})
        found += inside
    found = list(dict.fromkeys(found))
    if one and len(found) > 1:
        raise ImportRefused(_("--title is for one file; there are %(files)s.") % {"files": len(found)})
    return found


def run(files, chosen, say, progress):
    """Import the files and count the outcomes. `say` gets one object a file, `progress` a line now and then."""
    counts = Counter()
    for number, path in enumerate(files, start=1):
        said = import_file(path, chosen)
        counts[said["outcome"]] += 1
        say(said)
        if number % PROGRESS_EVERY == 0:
            progress(_("%(number)s of %(total)s files") % {"number": number, "total": len(files)})
    return counts


def import_file(path, chosen):
    """What became of one file, as report.as_object or report.failure have it."""
    name = shown(path.name)
    try:
        data = _read(path)
        incoming = parse(data, name, chosen.format).filled(title=chosen.title, published=chosen.published)
        if chosen.dry_run:
            outcome = _answer(lambda: saving.foresee(incoming, data, section=chosen.section))
        else:
            outcome = saving.save(incoming, data, name, section=chosen.section, folder=path.parent)
    except (ImportRefused, DatabaseError) as error:
        return report.failure(name, str(error))
    except OSError as error:
        return report.failure(name, _("The file cannot be read: %(reason)s.") % {"reason": error.strerror or error})
    kind, reason = (outcome.kind, outcome.reason) if outcome else (saving.CREATED, "")
    return report.as_object(incoming, name, path.parent, kind, reason, chosen.section)


def shown(path):
    """A path as text that any terminal and database takes: file names need not be UTF-8."""
    return vietnamese.clean(os.fsencode(path).decode("utf-8", "replace"))


def _read(path):
    if not path.exists():
        raise ImportRefused(_("There is no such file or folder."))
    if not stat.S_ISREG(path.stat().st_mode):
        raise ImportRefused(_("This is no ordinary file."))
    with path.open("rb") as file:
        return file.read(reading.SIZE_LIMIT + 1)


def _answer(ask):
    """The database's answer; None from a site whose tables are not there yet, where a dry run may still look."""
    try:
        return ask()
    except (OperationalError, ProgrammingError):
        return None
