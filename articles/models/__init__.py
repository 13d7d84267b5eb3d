"""The nouns of the newsroom, one file each."""

from .article import Article
from .attachment import Attachment
from .author import Author, Byline
from .category import RESERVED_SLUGS, Category, Sections
from .comment import Comment
from .correction import Correction
from .day_count import DayCount, DayTotal
from .desk import (
    Alert,
    Anniversary,
    Assignment,
    Autosave,
    CheckLevel,
    Guesses,
    Note,
    Notice,
    Passkey,
    Presence,
    Proof,
    Receipt,
    RecoveryCode,
    Revision,
    SavedFilter,
    SharedVersion,
    SignIn,
    StoryTemplate,
    TrailEntry,
    Transition,
)
from .effect import Effect
from .english import EnglishVersion
from .kinds import IN_WORK, AIUse, Genre, State
from .link import RelatedLink, Teaser
from .listing import TopicListing
from .live import LiveUpdate
from .photo import GalleryPhoto, Photo
from .photo_use import FormerPicture, PhotoUse
from .placement import PLACES, Placement, Slot
from .reads import ReadCount
from .redirect import Redirect
from .search_document import SearchDocument
from .site import SiteSettings, SiteSettingsVersion, load_chrome
from .source import ImportedSource
from .static_page import StaticPage
from .topic import Topic

__all__ = [
    "Alert",
    "IN_WORK",
    "PLACES",
    "RESERVED_SLUGS",
    "AIUse",
    "Anniversary",
    "Article",
    "Assignment",
    "Attachment",
    "Author",
    "Autosave",
    "Byline",
    "Category",
    "CheckLevel",
    "Comment",
    "Correction",
    "DayCount",
    "DayTotal",
    "Effect",
    "EnglishVersion",
    "FormerPicture",
    "GalleryPhoto",
    "Genre",
    "Guesses",
    "ImportedSource",
    "LiveUpdate",
    "Note",
    "Notice",
    "Passkey",
    "Photo",
    "PhotoUse",
    "Placement",
    "Presence",
    "Proof",
    "ReadCount",
    "Receipt",
    "RecoveryCode",
    "Redirect",
    "RelatedLink",
    "Revision",
    "SavedFilter",
    "SearchDocument",
    "Sections",
    "SharedVersion",
    "SignIn",
    "SiteSettings",
    "SiteSettingsVersion",
    "Slot",
    "State",
    "StaticPage",
    "StoryTemplate",
    "Teaser",
    "Topic",
    "TopicListing",
    "TrailEntry",
    "Transition",
    "load_chrome",
]
