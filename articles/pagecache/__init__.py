"""The page cache: what anonymous readers ask for is answered before Django is asked, until a change purges it.

tags       what a page names, what a change purges; pure
signals    which change is which; purging: one purge after each commit; ahead: the caches in front are told
purges     what was purged, for all processes and machines
entry, store   a page as it is kept, in memory and in files
gate       the WSGI application in front of Django; leases: one rendering at a time; agenda: how long a page lives
"""

from .purging import purge, purge_now

__all__ = ["purge", "purge_now"]
