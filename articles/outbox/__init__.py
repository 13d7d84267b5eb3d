"""What is owed after a change, done after its commit and not given up: purges, receipts, entries of the search index.

Design notes
- `owe` writes an Effect in the transaction of the change: there is no change without what it owes, and nothing is done
  for one that was taken back. Right after the commit the same process does what is quick; what takes long (`is_slow`),
  what failed and what a killed process left is done by a thread of any server process, or by `manage.py run_effects`.
- Whoever does an effect holds a lease on it, taken in one UPDATE: two never do the same at once, and that of a killed
  process runs out. After a long stop of the machine it may be done twice, so every handler may be run twice.
- Nothing is given up: after an error it is tried again, at longer and longer intervals up to an hour. What failed often
  is `stuck`: it is shown (on the board, by the command) and still tried.
"""

from .background import thread
from .doing import KEPT, NotYet, do, prune, run_due
from .handlers import handles
from .owing import owe

__all__ = ["KEPT", "NotYet", "do", "handles", "owe", "prune", "run_due", "thread"]
