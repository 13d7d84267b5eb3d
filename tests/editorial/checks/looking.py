"""What the checks say of a text, for the tests of all of them."""

from articles.editorial import checks, documents
from tests import factories


def names(article=None, at=None, **changes):
    """The names of what is found in a complete article whose document has been changed like this."""
    return {finding.name for finding in found(article, at, **changes)}


def found(article=None, at=None, **changes):
    article = article or factories.complete()
    return checks.run(article, {**documents.of(article), **changes}, at)


def one(name, article=None, at=None, **changes):
    """The finding of one check."""
    return next(finding for finding in found(article, at, **changes) if finding.name == name)
