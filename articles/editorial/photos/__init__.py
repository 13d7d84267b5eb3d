"""Pictures at the desk: taking one in, finding where it stands, crediting many at once."""

from .bulk import MOST, Rights, credit_many
from .clearing import clear
from .damage import damaged
from .storing import Prepared, keep, prepare, prepare_again, renew, store
from .taking_in import bring_in, fill_in
from .uses import Place, follow, forget, places, refresh, used_in_working

__all__ = [
    "MOST",
    "Place",
    "Prepared",
    "Rights",
    "bring_in",
    "clear",
    "credit_many",
    "damaged",
    "fill_in",
    "follow",
    "forget",
    "keep",
    "places",
    "prepare",
    "prepare_again",
    "refresh",
    "renew",
    "store",
    "used_in_working",
]
