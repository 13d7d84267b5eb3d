"""What the desk knows and readers never see: versions, the route, who has an article open, what is planned."""

from .alert import Alert
from .assignment import Anniversary, Assignment
from .check import CheckLevel
from .note import Note
from .notice import Notice
from .presence import Presence
from .proof import Proof
from .receipt import Receipt
from .revision import Autosave, Revision
from .saved_filter import SavedFilter
from .share import SharedVersion
from .sign_in import Guesses, Passkey, RecoveryCode, SignIn
from .template import StoryTemplate
from .trail import TrailEntry
from .transition import Transition

__all__ = [
    "Alert",
    "Anniversary",
    "Assignment",
    "Autosave",
    "CheckLevel",
    "Guesses",
    "Note",
    "Notice",
    "Passkey",
    "Presence",
    "Proof",
    "Receipt",
    "RecoveryCode",
    "Revision",
    "SavedFilter",
    "SharedVersion",
    "SignIn",
    "StoryTemplate",
    "TrailEntry",
    "Transition",
]
