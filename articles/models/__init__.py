"""The nouns of the newsroom, one file each."""

from .article import Article, State
from .author import Author, Byline
from .category import RESERVED_SLUGS, Category, Sections
from .link import RelatedLink, Teaser
from .photo import Photo
from .site import SiteSettings, load_chrome
from .source import ImportedSource

__all__ = [
    "RESERVED_SLUGS",
    "Article",
    "Author",
    "Byline",
    "Category",
    "ImportedSource",
    "Photo",
    "RelatedLink",
    "Sections",
    "SiteSettings",
    "State",
    "Teaser",
    "load_chrome",
]
