"""Telling people of the desk."""


def tell(step, article):
    """Tell those whom a step concerns; the names of who was told."""
    return []


def mention(note, users):
    """Tell people that a note names them."""
