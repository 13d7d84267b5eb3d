"""The publish receipt: after a step that readers notice the site asks itself, as a reader, whether they do.

Design notes
- Asked over HTTP, through the public address and so through every cache in front of us, without cookies: what a reader
  would get, not what the database has. By the thread of the outbox, never by the request that published, so a server
  with one worker does not wait for itself.
- What a place should show is never written down a second time here: where it does not show the story, the same page is
  made anew past all caches. If that has the story, readers see an old copy; if it has not, the story rightly stands
  elsewhere (newer ones took its place), unless it is the newest of all or the list has room: then the site is wrong.
- The shell: a story older than what counts as news owes no receipt (an import of 50,000 old pages owes none), and of a
  burst of new ones only the last is asked for. Of people every step is, and every withdrawal.
"""

from .checking import check
from .owing import owe_for
from .shown import panel

__all__ = ["check", "owe_for", "panel"]
