"""Putting a bundle back into an empty place, and proving that it is the newspaper it was."""

import time
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from articles import pagecache
from articles.editorial import trail
from articles.pagecache import tags
from articles.search.index import is_behind
from articles.search.rebuild import rebuild

from . import disk, media, proof
from .bundle import Problem
from .making import engine
from .verifying import verify


def restore(bundle, *, replace=False, keep_sessions=False, articles=50):
    """Put the bundle back; yields a line for each step that is done. Raises Problem.

    Nothing is touched before the bundle was read through and the place looked at. `replace`: the place may have
    something in it; the database that was there is kept beside (`….replaced`, or the schema newsroom_replaced) until
    the next such restore, and files of media that the bundle does not have are left alone. `keep_sessions`: who was
    signed in at the moment of the snapshot is so again, also who has signed out since. `articles`: how many are opened.
    """
    wrong = verify(bundle)
    if wrong:
        raise Problem("\n".join(wrong[:20]))
    yield _("%(bundle)s is whole.") % {"bundle": bundle}
    _refuse(bundle, replace)
    begun = time.monotonic()
    files, size = media.put_back(bundle)
    yield _("%(files)d files of media, %(size)d MB, each compared with its digest.") % _in_mb(files, size)
    engine().load(bundle, replace)
    rows = sum(number for number, _checksum in bundle.manifest["tables"].values())
    yield _("%(tables)d tables with %(rows)d rows, each table compared with its checksum.") % {
        "tables": len(bundle.manifest["tables"]),
        "rows": rows,
    }
    yield from _settle(keep_sessions, bundle)
    if replace and (left := media.left_alone(bundle)):
        yield _("%(number)d files of media are there that the bundle does not have.") % {"number": left}
    yield from proof.open_articles(articles)
    yield _("Restored in %(seconds).1f s.") % {"seconds": time.monotonic() - begun}


def _in_mb(files, size):
    return {"files": files, "size": size // 10**6}


def _refuse(bundle, replace):
    """Raises Problem where the bundle cannot or must not be put here."""
    manifest = bundle.manifest
    if manifest["database"]["engine"] != connection.vendor:
        words = {"theirs": manifest["database"]["engine"], "ours": connection.vendor}
        raise Problem(_("The bundle is of %(theirs)s, and DATABASE_URL names %(ours)s.") % words)
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if set(manifest["migrations"]) - known:
        raise Problem(_("The bundle is of a newer release, %(release)s.") % {"release": manifest["release"]})
    engine().check_tools(bundle)
    if not replace and not engine().is_empty():
        raise Problem(_("The database is not empty. With --replace it is put aside."))
    if not replace and not media.is_empty():
        raise Problem(_("MEDIA_ROOT or ORIGINALS_ROOT is not empty. With --replace files are replaced."))
    if manifest["media"]["files"] and media.is_empty():
        disk.need(settings.MEDIA_ROOT, manifest["media"]["bytes"])
    if connection.vendor == "sqlite":
        disk.need(Path(connection.settings_dict["NAME"]).parent, manifest["database"]["bytes"])


def _settle(keep_sessions, bundle):
    """What a copy of the past needs before readers see it."""
    call_command("migrate", verbosity=0)
    if not keep_sessions:
        ended, _by_model = Session.objects.all().delete()
        yield _("%(number)d sessions ended: everybody signs in again.") % {"number": ended}
    pagecache.purge([tags.ALL], hard=True)
    if is_behind():
        yield _("The search was indexed anew: %(number)d articles.") % {"number": rebuild()}
    trail.record(None, "recover", kind="backup", label=str(bundle))
