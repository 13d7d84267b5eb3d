"""Reading a bundle through: is every byte what was written? Names each file that is not."""

from django.utils.translation import gettext as _

from . import bundle as bundles
from . import disk, media, record


def verify(bundle):
    """What is wrong with a bundle, a line each; nothing where it is whole. Raises Problem where it is none."""
    manifest = bundle.manifest
    wrong = [*_named(bundle, manifest["files"]), *_strange(bundle, manifest["files"])]
    if not wrong:  # the listing can be relied on
        wrong += _media(bundle, manifest["media"])
    if not wrong:
        record.note_verified(bundle)
    return wrong


def _named(bundle, files):
    for name, wanted in files.items():
        yield from _compared(name, bundle.file(name), wanted["sha256"], wanted["bytes"])


def _compared(name, path, sha256, size):
    try:
        found = disk.digest(path)
    except OSError as error:
        yield _("%(file)s cannot be read: %(error)s") % {"file": name, "error": error.strerror or error}
    else:
        if found != (sha256, size):
            yield _("%(file)s is damaged.") % {"file": name}


def _strange(bundle, files):
    """What lies in the bundle and is not of it."""
    known = {*files, bundles.MANIFEST, bundles.DIGEST}
    for path in sorted(bundle.path.rglob("*")):
        name = path.relative_to(bundle.path).as_posix()
        if path.is_symlink() or not (path.is_dir() or name in known or name.startswith("files/")):
            yield _("%(file)s does not belong to the bundle.") % {"file": name}


def _media(bundle, wanted):
    """Each stored file under the name it has in the newsroom; and as many as the manifest says."""
    number = 0
    for entry in media.listed(bundle):
        number += 1
        name = f"{entry.kind}/{entry.name}"
        disk.below(bundle.path, name)  # raises Problem for one that leads out
        yield from _compared(name, bundle.stored(entry.sha256), entry.sha256, entry.size)
    if number != wanted["files"]:
        yield _("%(file)s is damaged.") % {"file": media.LISTING}
