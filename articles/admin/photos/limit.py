"""How many pictures one person may send in a minute; decoding and encoding them is the dearest thing the desk does."""

import logging
from time import time

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

UPLOADS_A_MINUTE = 20
MINUTE = 60  # seconds
REACHED = _("That was many pictures in a minute. The rest goes on in a moment.")

logger = logging.getLogger(__name__)


def may_upload(user, at=None):
    """Count one more upload of the person; False when this minute has no more. Without a cache nobody is stopped."""
    key = f"photo-uploads:{user.pk}:{int((at or time()) // MINUTE)}"
    try:
        cache.add(key, 0, 2 * MINUTE)
        return cache.incr(key) <= UPLOADS_A_MINUTE
    except ValueError:  # it went out between the two lines
        return True
    except Exception as error:  # noqa: BLE001 (each cache has errors of its own; Redis' are no OSError)
        logger.warning("Uploads are not counted, the cache does not answer: %s", error)
        return True


def wait(at=None):
    """Seconds until the next minute begins."""
    return MINUTE - int((at or time()) % MINUTE)
