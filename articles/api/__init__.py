"""The read API: what readers see, for machines. /api/v1/openapi.json describes it; docs/api.md says it to people.

Design notes
- It answers by the same querysets, the same search and the same page cache as the pages, so it shows nothing that they
  do not: no drafts, nothing scheduled, nobody's account. There is nothing to write and nobody to be, hence no tokens.
- Lists go by keyset (`before`), each by one index, and end nowhere: who wants the whole archive turns the pages of
  /articles. Every other filter is the search's, which counts to a thousand.
- Each address bears its `Cache-Tag`, is kept like a page, and is purged by the same change. For that, a parameter that
  nobody knows is refused instead of left out: otherwise anybody could fill the store with ?x=1, ?x=2, …
- Other sites may read it in a browser (CORS, newsroom/headers.py): it is public, and no cookie changes it.
- Django Ninja gives the parameters, their refusal and the description from one set of types (parameters.py, said.py).
"""

from . import archive, news, searching
from .contract import api, describe

__all__ = ["api", "archive", "describe", "news", "searching"]
