"""Which stories are like the one that is being written: to link to, and to find that it was told before.

Design notes
- Likeness is counted in pairs of syllables that stand side by side ("giá cam", "Cao Phong"): most Vietnamese words
  have two. A pair counts the more the fewer stories hold it, so the province's own name, which all have, says nothing.
- All of it asks the search (articles/search), so the whole archive is compared, typed with or without diacritics. Of a
  pair that very many stories hold only the newest are weighed: a reader of today's story wants this year's.
"""

from collections import defaultdict
from functools import reduce
from operator import add

from articles import richtext, search, vietnamese
from articles.models import Article
from articles.search import likes

from . import permissions

PAIRS = 16  # of the title and the lede, the first ones: what a story is about stands there
WEIGHED = 200  # the newest stories with a pair
CANDIDATES = 60  # the likest of them, of which those of the same section are preferred
SUGGESTED, FOUND = 6, 10
SHARED = 0.5  # of the shorter text's runs of three words: from here on it is the same story
LEAST_RUNS = 20  # a text of fewer says nothing: "Nội dung đang cập nhật."
SAMPLES, SAMPLE_WORDS = 8, 6  # a text that is half the same holds one of these runs almost surely
COMPARED = 50  # stories that hold one of them, the newest
SAME_SECTION = 1.25  # what a story of the same section is worth more
SEEN_FIRST = 200  # articles of the desk among which those that the person may see are looked for
SHOWN = ["title", "slug", "state", "published_at", "category__name", "category__slug"]

_STOP = """
    và của các những là có cho trong tại với được đã đang sẽ bị từ đến về ra vào lên xuống khi để do bởi theo trên dưới
    này đó kia một hai nhiều mỗi mọi cũng như nhưng mà thì nên còn lại rất không chưa vẫn ngày tháng năm nay sau trước
    qua giữa cùng việc sự cuộc người ông bà anh chị ở tới hay hoặc nếu vì tuy rằng đây đều chỉ phải hơn gần
"""
STOP_WORDS = set(_STOP.split())  # with their marks: "tai nạn" is not "tại"


def suggest(document, article=None, limit=SUGGESTED):
    """The published stories most like what a document says in its title and lede, the likest first."""
    pairs = _pairs(f"{document.get('title') or ''}. {document.get('lede') or ''}")[:PAIRS]
    if not pairs:
        return []
    unwanted = {link["target"] for link in document.get("links", []) if link.get("target")}
    unwanted |= {article.pk} if article is not None and article.pk else set()
    scores = defaultdict(float)
    for held in likes.holders([pair.replace(" ", "_") for pair in pairs], WEIGHED):
        for key in held.articles:
            scores[key] += held.weight
    best = sorted((key for key in scores if scores[key] > 0), key=lambda key: (-scores[key], -key))
    found = Article.objects.published().exclude(pk__in=unwanted).select_related("category").only(*SHOWN)
    found = found.in_bulk(best[: CANDIDATES + len(unwanted)])
    worth = {
        key: scores[key] * (SAME_SECTION if one.category_id == document.get("category") else 1)
        for key, one in found.items()
    }
    return [found[key] for key in sorted(worth, key=lambda key: (-worth[key], -key))[:limit]]


def titled(user, text, limit=FOUND):
    """The articles whose title holds every word of a text, the last one as far as it is typed, of those the person may
    see: what readers see comes first, there what has the words with the same marks, there the newest."""
    shown = Article.objects.published().select_related("category").only(*SHOWN)
    shown = _in_order(shown, likes.titled(text, limit))
    exact = vietnamese.tone_style(vietnamese.clean_line(text).lower())
    shown.sort(key=lambda article: exact not in vietnamese.tone_style(article.title.lower()))
    if len(shown) == limit:
        return shown
    others = permissions.visible_to(user).select_related("category").only(*SHOWN)
    others = _in_order(others, likes.titled(text, SEEN_FIRST, is_public=False))
    return shown + [article for article in others if article not in shown][: limit - len(shown)]


def _in_order(articles, keys):
    found = articles.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def near_duplicates(source, article=None, at=None):
    """The published Articles that tell the same as `source`, a document or an Article; the newest first.

    `article` is the one that a document belongs to, which is not its own duplicate.
    """
    if isinstance(source, Article):
        article, source = source, {name: getattr(source, name) for name in ("title", "kicker", "lede", "body")}
    lines = _lines(source)
    runs = _runs(reduce(add, lines, []))
    if len(runs) < LEAST_RUNS:
        return []
    asked = search.Asked(at=at)
    texts = likes.holding(_samples(lines), COMPARED, asked)
    namesakes = _public(article, at).filter(title_key=vietnamese.key(source.get("title") or "") or None)
    texts |= likes.texts_of(list(namesakes.order_by().values_list("pk", flat=True)[:COMPARED]))
    alike = [pk for pk, text in texts.items() if _share(runs, text) >= SHARED]
    return list(_public(article, at).filter(pk__in=alike).select_related("category").newest()) if alike else []


def _lines(document):
    """The folded words of each line of a document."""
    parts = [document.get(name) or "" for name in ("title", "kicker", "lede")]
    text = "\n".join([*parts, richtext.to_text(richtext.clean(document.get("body") or ""))])
    return [vietnamese.key(line).split() for line in text.splitlines()]


def _samples(lines):
    """Runs of words, spread evenly over a text."""
    every = [line[place : place + SAMPLE_WORDS] for line in lines for place in range(len(line) - SAMPLE_WORDS + 1)]
    return every[:: max(1, len(every) // SAMPLES)]


def _share(runs, text):
    others = _runs(text)
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
