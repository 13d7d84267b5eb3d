"""The picture files beside a saved page. Only files below the page's own folder, never the network."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from articles.renditions import UPLOAD_LIMIT


def find(address, folder):
    """The file that an <img src> of a page saved in `folder` names, or None."""
    if not address or folder is None:
        return None
    try:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or address.startswith(("/", "\\")):
            return None
        home = Path(folder).resolve()
        path = (home / unquote(parts.path)).resolve()
        return path if path.is_relative_to(home) and path.is_file() else None
    except (ValueError, OSError):
        return None  # an address that is no path: NUL bytes, a name too long, a loop of links


def read(path):
    """At most one byte more than an upload may have: the renditions refuse it with their own words."""
    with path.open("rb") as file:
        return file.read(UPLOAD_LIMIT + 1)
