"""What the index says of stories that are alike (editorial/likeness.py)."""

import math
from dataclasses import dataclass

from django.utils import timezone

from articles import vietnamese
from articles.models import Article, SearchDocument

from . import documents, words
from .asking import MOST_WORDS
from .expressions import begin, both, either, term
from .finding import Asked, places, texts

COUNTED = 5_000  # articles; of more than that their number is guessed by the newest key


@dataclass(frozen=True, slots=True)
class Holders:
    """The newest stories that hold a pair of syllables, and what it says that a story holds it."""

    articles: list
    weight: float


def holders(pairs, most):
    """The Holders of pairs, as tokens."""
    found = [places(term(pair), most) for pair in pairs]
    every = {place for some in found for place in some}
    keys = dict(SearchDocument.objects.filter(place__in=every).order_by().values_list("place", "article_id"))
    number = _number()
    begins = SearchDocument.objects.order_by("place").values_list("place", flat=True).first() or 0
    now = documents.second(timezone.now())
    for some in found:
        held = len(some)
        if held == most and now > some[-1]:  # as many again in each stretch of time as long as that of these
            held = held * (now - begins) / (now - some[-1])
        weight = math.log(max(number / held, 1)) if held else 0
        yield Holders([keys[place] for place in some if place in keys], weight)


def _number():
    """Of published articles, nearly."""
    counted = Article.objects.published().order_by()[:COUNTED].count()
    return counted if counted < COUNTED else Article.objects.order_by("-pk").values_list("pk", flat=True).first()


def titled(text, most, *, is_public=True):
    """The keys of the newest articles whose title holds every word of a text, and one that begins with its last."""
    *before, last = words.folded(vietnamese.clean(text))[:MOST_WORDS] or [""]
    if not last:
        return []
    expression = both(*(term(f"t:{word}") for word in before), begin(f"t:{last}"))
    found = places(expression, most, asked=Asked(is_public=is_public))
    keys = dict(SearchDocument.objects.filter(place__in=found).order_by().values_list("place", "article_id"))
    return [keys[place] for place in found if place in keys]


def holding(runs, most, asked):
    """{article: its folded words} of the newest that hold one of the runs of words."""
    wanted = either(*(both(*map(term, words.pairs(run))) for run in runs))
    return {article: _words(text) for article, text in texts(places(wanted, most, asked=asked)).values()}


def texts_of(keys):
    """{article: its folded words}"""
    rows = SearchDocument.objects.filter(article__in=keys).order_by().values_list("article_id", "packed")
    return {article: _words(documents.Texts.unpack(packed)) for article, packed in rows}


def _words(texts):
    return words.folded("\n".join([texts.title, texts.lede, texts.body]))
