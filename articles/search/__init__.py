"""Search for Vietnamese: one engine for the public page, the desk's lists and choosers, and stories that are alike.

Design notes
- In Vietnamese a word is mostly two syllables, and syllables are everywhere: of 35,440 articles 7,803 hold both of
  "hòa bình" and 1,478 hold the word (measured). So words side by side come first, all words anywhere after them.
- Engines find words side by side by lists of positions, which are dear for common syllables. Here each pair of
  neighbours is a token of its own (words.py), without positions: a phrase is an AND of short lists.
- Title before lede before text before caption, and exact marks before folded ones, is decided by which tokens an
  article has, a Tier each (asking.py); in a tier the newest comes first. No score is computed for anything.
- One tokeniser and one way to find (finding.py) for both databases, which only answer "the newest places of this
  expression" (sqlite.py, postgres.py): the same hits in the same order. `place` is the article's time and, in one
  second, its turn, so both stream the newest first instead of sorting all.
- Section, author, topic, genre and "readers never see it" are tokens too: a filter is one more list to intersect.
- The index is never the authority on what readers may see: what it names is read through `published()`.
- Indexed after the commit, owed through the outbox (changes.py); made anew while the site runs (rebuild.py).
- A distributed engine in its place (OpenSearch, Elasticsearch) is left out: none can be installed from the package
  registries that this project is tested with, and what is not tested against a real server is not offered. It would
  stand beside sqlite.py and postgres.py, behind the same three functions.
"""

from .finding import Asked, Found, Hit, find, keys, wanted
from .index import index

__all__ = ["Asked", "Found", "Hit", "find", "index", "keys", "wanted"]
