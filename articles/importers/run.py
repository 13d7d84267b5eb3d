"""The import over files and folders: every file gets its answer, none stops the others."""

import getpass
import logging
import os
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, OperationalError, ProgrammingError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import vietnamese
from articles.editorial import trail
from articles.models.article import TITLE_LENGTH

from . import parse, reading, report, saving
from .incoming import ImportRefused
from .lines import moments
from .sections import given_section

SUFFIXES = (".txt", ".html", ".htm")
PROGRESS_EVERY = 100  # files
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Options:
    format: str = "auto"
    section: str | None = None
    title: str | None = None
    published: object = None
    dry_run: bool = False

    def given(self):
        """Which of the facts of an article the person who runs the import gave."""
        facts = {"title": self.title, "section": self.section, "published_at": self.published}
        return [name for name, value in facts.items() if value is not None]


@dataclass(frozen=True)
class Page:
    path: Path
    name: str  # for people: below its folder, or as it was typed
    source: str  # in the JSON


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
        if published > timezone.now():
            raise ImportRefused(_("--published is in the future: old pages are not scheduled."))
    if section is not None:
        section = vietnamese.clean_line(section)
        _answer(lambda: given_section(section))
    return Options(format, section, title, published, dry_run)


def pages(paths, one=False):
    """The Pages to import: those named, and every one below a folder, sorted. ImportRefused for a folder without."""
    found = {}
    for typed in paths:
        # os.path, unlike Path, never raises
        for page in _inside(typed) if os.path.isdir(typed) else [_named(typed)]:
            found.setdefault(page.path, page)
    if one and len(found) > 1:
        raise ImportRefused(_("--title is for one file; there are %(files)s.") % {"files": len(found)})
    return list(found.values())


def _named(typed):
    path, name = Path(typed), shown(typed)
    return Page(path, name, shown(path.name) if os.path.exists(path) else name)


def _inside(typed):
    top = Path(typed)
    files = [Path(folder) / name for folder, _folders, names in os.walk(top) for name in names]
    files = sorted(file for file in files if file.suffix.lower() in SUFFIXES)
    if not files:
        message = _("The folder %(folder)s holds no page (%(suffixes)s).")
        raise ImportRefused(message % {"folder": shown(typed), "suffixes": ", ".join(SUFFIXES)})
    names = [shown(top.name / file.relative_to(top)) for file in files]
    return [Page(file, name, name) for file, name in zip(files, names, strict=True)]


def run(files, chosen, say, progress):
    """Import the files and count the outcomes. `say` gets one Answer a file, `progress` a line now and then."""
    counts = Counter()
    for number, page in enumerate(files, start=1):
        answer = import_file(page, chosen)
        counts[answer.said["outcome"]] += 1
        say(answer)
        if number % PROGRESS_EVERY == 0:
            progress(_("%(number)s of %(total)s files") % {"number": number, "total": len(files)})
    if not chosen.dry_run:
        _note(files, counts)
    return counts


def _note(files, counts):
    """One entry of the trail for the run; each article has its own source. The shell's person is the machine's."""
    label = ", ".join(page.name for page in files[:3]) + (" …" if len(files) > 3 else "")
    changes = {name: [None, number] for name, number in sorted(counts.items())}
    try:
        trail.record(None, "import", person=_whoever(), label=label, changes=changes)
    except DatabaseError:  # every file has said so already
        log.exception("The import could not be written to the trail.")


def _whoever():
    try:
        return f"shell:{getpass.getuser()}"
    except (KeyError, OSError, ImportError):  # an account that the machine knows by number only
        return "shell"


def import_file(page, chosen):
    """What became of one file, as report.Answer has it."""
    folder, name = page.path.parent, shown(page.path.name)
    try:
        data = _read(page.path)
        incoming = parse(data, name, chosen.format).filled(title=chosen.title, published=chosen.published)
        if chosen.dry_run:
            outcome = _answer(lambda: saving.foresee(incoming, data, section=chosen.section))
        else:
            outcome = saving.save(incoming, data, name, section=chosen.section, folder=folder)
    except (ImportRefused, DatabaseError) as error:
        return _failure(page, str(error))
    except OSError as error:
        return _failure(page, _("The file cannot be read: %(reason)s.") % {"reason": error.strerror or error})
    return _told(page, chosen, incoming, outcome or saving.Outcome(saving.CREATED))


def _failure(page, reason):
    return report.Answer(page.name, report.failure(page.source, reason))


def _told(page, chosen, incoming, outcome):
    folder, article = page.path.parent, outcome.article
    reason = " ".join(filter(None, (outcome.reason, _unused(chosen, outcome))))
    said = report.as_object(incoming, page.source, folder, outcome.kind, reason, chosen.section)
    said["article"] = article and article.pk
    said["missing"] = _missing(said["missing"], chosen, outcome)
    return report.Answer(page.name, said, _moment(incoming, outcome))


def _unused(chosen, outcome):
    unused = [name for name in chosen.given() if name in outcome.kept]
    if not unused:
        return ""
    options = {"title": "--title", "section": "--section", "published_at": "--published"}
    message = _("Not used, because the article has its own: %(options)s.")
    return message % {"options": ", ".join(options[name] for name in unused)}


def _missing(of_page, chosen, outcome):
    """What the article lacks once the import is through. A dry run has not filled it, so both are asked."""
    if outcome.kind == saving.CREATED:
        return of_page
    stored = report.still_missing(outcome.article) if outcome.article else []
    if chosen.dry_run and outcome.kind == saving.UPDATED:
        return [name for name in stored if name in of_page]
    return stored


def _moment(incoming, outcome):
    stored = outcome.article and outcome.article.published_at
    if outcome.kind == saving.SKIPPED or "published_at" in outcome.kept:
        return stored
    return incoming.published_at or stored


def shown(path):
    """A path as text that any terminal and database takes: file names need not be UTF-8."""
    return vietnamese.clean(os.fsencode(path).decode("utf-8", "replace"))


def _read(path):
    if not path.exists():
        raise ImportRefused(_("There is no such file or folder."))
    if not stat.S_ISREG(path.lstat().st_mode):  # a link leads out of its folder
        raise ImportRefused(_("This is no ordinary file."))
    with path.open("rb") as file:
        return file.read(reading.SIZE_LIMIT + 1)


def _answer(ask):
    """The database's answer; None from a site whose tables are not there yet, where a dry run may still look."""
    try:
        return ask()
    except (OperationalError, ProgrammingError):
        return None
