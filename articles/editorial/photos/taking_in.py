"""A picture arrives at the desk: it becomes a photo of the person who brought it, with the words that its file has."""

from articles import metadata
from articles.editorial import trail
from articles.models import Photo

from .storing import keep, prepare

WORDS = ["caption", "credit", "rights", "taken_at"]


def bring_in(user, data, **words):
    """The stored photo of an upload. `words` go before what the file says. Raises renditions.PictureRefused."""
    prepared = prepare(data)
    photo = fill_in(Photo(created_by=user, **words), data)
    keep(photo, prepared)
    trail.record(user, "upload", photo)
    return photo


def fill_in(photo, data):
    """Give a photo what its file says, where nothing was typed."""
    said = metadata.read(data)
    for name in WORDS:
        if not getattr(photo, name):
            setattr(photo, name, getattr(said, name))
    return photo
