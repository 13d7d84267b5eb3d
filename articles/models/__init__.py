"""The nouns of the newsroom, one file each."""

from .article import AIUse, Article, Genre, State
from .attachment import Attachment
from .author import Author, Byline
from .category import RESERVED_SLUGS, Category, Sections
from .comment import Comment
from .correction import Correction
from .english import EnglishVersion
from .link import RelatedLink, Teaser
from .live import LiveUpdate
from .photo import GalleryPhoto, Photo
from .placement import PLACES, Placement, Slot
from .reads import ReadCount
from .redirect import Redirect
from .site import SiteSettings, SiteSettingsVersion, load_chrome
from .source import ImportedSource
from .static_page import StaticPage
from .topic import Topic

__all__ = [
    "PLACES",
    "RESERVED_SLUGS",
    "AIUse",
    "Article",
    "Attachment",
    "Author",
    "Byline",
    "Category",
    "Comment",
    "Correction",
    "EnglishVersion",
    "GalleryPhoto",
    "Genre",
    "ImportedSource",
    "LiveUpdate",
    "Photo",
    "Placement",
    "ReadCount",
    "Redirect",
    "RelatedLink",
    "Sections",
    "SiteSettings",
    "SiteSettingsVersion",
    "Slot",
    "State",
    "StaticPage",
    "Teaser",
    "Topic",
    "load_chrome",
]
