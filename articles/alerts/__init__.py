"""What the newsroom can see of its own troubles, and whom it tells: the administrators' dashboard, the log (ERROR), and
the addresses in ADMINS where mail is configured.

Design notes
- `finding` looks, and keeps nothing: each look says what is wrong at this moment. `telling` remembers: of a trouble
  that lasts there is one row, whoever looks and however often.
- Looked for once a minute by every server process, and by `manage.py check_alerts` from a timer, which sees also that
  the servers are gone. Of several that look at once one tells: the row is claimed in one UPDATE.
- A look asks no table that grows without an index: a minute of the trail, the open effects, a few files.
"""

from .failures import note as note_failure
from .finding import Finding, find, words
from .telling import check, shown

__all__ = ["Finding", "check", "find", "note_failure", "shown", "words"]
