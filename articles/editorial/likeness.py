"""Which stories are like the one that is being written: to link to, and to find that it was told before.

Design notes
- Likeness is counted in pairs of syllables that stand side by side ("giá cam", "Cao Phong"): most Vietnamese words
  have two. A pair counts the more the fewer stories hold it, so the province's own name, which all have, says nothing.
- Only the newest stories are asked (RECENT, LATELY): a reader of today's story wants this year's, and the cost stays
  the same however large the archive grows. A story of the same title is found however old it is, by its index.
- All of it works on `search_text`, which is folded: typed with or without diacritics, the same stories are found.
"""

import math
from functools import reduce
from operator import and_

from django.db.models import Q
from django.db.models.functions import Left

from articles import richtext, vietnamese
from articles.models import Article
from articles.models.article import SEARCH_WORDS, SEARCHED

from . import permissions

RECENT = 2_000  # the newest published stories, among which there may be one to link to
HEAD = 1_500  # characters of each, folded: what it is about stands in its title, its lede and its beginning
LATELY = 500  # the newest published stories that may tell the same: days on a small paper, half a day on the largest
PAIRS = 16  # of the title and the lede, the first ones: what a story is about stands there
SUGGESTED, FOUND = 6, 10
SHARED = 0.5  # of the shorter text's runs of three words: from here on it is the same story
LEAST_RUNS = 20  # a text of fewer says nothing: "Nội dung đang cập nhật."
SAMPLES, SAMPLE_WORDS = 8, 6  # a text that is half the same holds one of these runs almost surely
SAME_SECTION = 1.25  # what a story of the same section is worth more
SHOWN = ["title", "slug", "state", "published_at", "category__name", "category__slug"]

_STOP = """
    và của các những là có cho trong tại với được đã đang sẽ bị từ đến về ra vào lên xuống khi để do bởi theo trên dưới
    này đó kia một hai nhiều mỗi mọi cũng như nhưng mà thì nên còn lại rất không chưa vẫn ngày tháng năm nay sau trước
    qua giữa cùng việc sự cuộc người ông bà anh chị ở tới hay hoặc nếu vì tuy rằng đây đều chỉ phải hơn gần
"""
STOP_WORDS = set(_STOP.split())  # with their marks: "tai nạn" is not "tại"


def suggest(document, article=None, limit=SUGGESTED):
    """The published stories most like what a document says in its title and lede, the likest first. Two queries."""
    pairs = _pairs(f"{document.get('title') or ''}. {document.get('lede') or ''}")[:PAIRS]
    if not pairs:
        return []
    linked = {link["target"] for link in document.get("links", []) if link.get("target")}
    recent = _recent(article).exclude(pk__in=linked).order_by().values_list("pk", "category", Left("search_text", HEAD))
    rows = [(pk, section, [f" {pair} " in text for pair in pairs]) for pk, section, text in recent]
    scores = _scores(rows, document.get("category"))
    best = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:limit]
    found = Article.objects.select_related("category").only(*SHOWN).in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def titled(user, text, limit=FOUND):
    """The articles whose title holds every word of a text, of those the person may see: what readers see comes first,
    there what has the words with the same marks, there the newest."""
    words = vietnamese.key(text).split()[:SEARCH_WORDS]
    if not words:
        return []
    holds = reduce(and_, (Q(title_key__contains=word) for word in words))
    public = Article.objects.published()
    shown = list(public.filter(holds).newest().select_related("category").only(*SHOWN)[:limit])
    exact = vietnamese.clean_line(text).lower()
    shown.sort(key=lambda article: exact not in article.title.lower())
    if len(shown) == limit:
        return shown
    others = permissions.visible_to(user).filter(holds).exclude(pk__in=public.values("pk"))
    others = others.select_related("category").only(*SHOWN).order_by("-updated_at", "-pk")
    return shown + list(others[: limit - len(shown)])


def _scores(rows, category):
    """{id: score} of the stories that share a pair which not all of them hold."""
    held = [sum(column) for column in zip(*(flags for _pk, _section, flags in rows), strict=True)]
    weights = [math.log(len(rows) / number) if number else 0 for number in held]
    scores = {}
    for pk, section, flags in rows:
        score = sum(weight for weight, flag in zip(weights, flags, strict=True) if flag)
        if score > 0:
            scores[pk] = score * (SAME_SECTION if section == category else 1)
    return scores


def near_duplicates(source, article=None, at=None):
    """The published Articles that tell the same as `source`, a document or an Article; the newest first.

    `article` is the one that a document belongs to, which is not its own duplicate. One query where there is none.
    """
    if isinstance(source, Article):
        article, source = source, {name: getattr(source, name) for name in SEARCHED}
    words = _words(source)
    runs = _runs(words)
    if len(runs) < LEAST_RUNS:
        return []
    step = max(1, (len(words) - SAMPLE_WORDS) // SAMPLES)
    samples = [" ".join(words[place : place + SAMPLE_WORDS]) for place in range(0, len(words) - SAMPLE_WORDS + 1, step)]
    namesakes = _public(article, at).filter(title_key=vietnamese.key(source.get("title") or "") or None)
    asked = Q(pk__in=_recent(article, at, LATELY).values("pk")) | Q(pk__in=namesakes.values("pk"))
    texts = Article.objects.filter(asked).order_by().values_list("pk", "search_text")
    # In Python: SQLite needs twenty times as long to look for words in a text, and this stands on every form.
    alike = [pk for pk, text in texts if any(sample in text for sample in samples) and _share(runs, text) >= SHARED]
    return list(Article.objects.filter(pk__in=alike).select_related("category").newest()) if alike else []


def _words(document):
    """The folded words of a document, as `search_text` has them."""
    parts = [document.get(name) or "" for name in ("title", "kicker", "lede")]
    return vietnamese.key(" ".join([*parts, richtext.to_text(richtext.clean(document.get("body") or ""))])).split()


def _share(runs, text):
    others = _runs(text.split())
    shorter = min(len(runs), len(others))
    return len(runs & others) / shorter if shorter >= LEAST_RUNS else 0


def _runs(words):
    """Every three words that follow each other."""
    return set(zip(words, words[1:], words[2:], strict=False))


def _pairs(text):
    """The folded pairs of syllables of a text in order, each once: none across a stop word or a comma."""
    found = {}
    for stretch in vietnamese.clean(text).lower().replace("\n", ".").translate(_BREAKS).split("|"):
        for first, second in _neighbours(stretch.split()):
            found[f"{first} {second}"] = None
    return list(found)


_BREAKS = str.maketrans(dict.fromkeys('.,;:!?()[]{}“”"«»…|', "|"))


def _neighbours(words):
    kept = ["" if word in STOP_WORDS else vietnamese.key(word) for word in words]
    return [(a, b) for a, b in zip(kept, kept[1:], strict=False) if _says(a) and _says(b)]


def _says(word):
    return word and " " not in word and not word.isdecimal()


def _public(article, at=None):
    found = Article.objects.published(at)
    return found.exclude(pk=article.pk) if article is not None and article.pk else found


def _recent(article, at=None, number=None):
    newest = Article.objects.published(at).newest().values("pk")[: number or RECENT]
    found = Article.objects.filter(pk__in=newest)
    return found.exclude(pk=article.pk) if article is not None and article.pk else found
