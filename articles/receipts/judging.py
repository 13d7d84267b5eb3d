"""Whether a place shows a story as it should: pure, from the answer that a reader gets and the page made anew."""

import html
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import Receipt

Place, Outcome = Receipt.Place, Receipt.Outcome
GOOD, GONE, NOT_FOUND, BROKEN = 200, 410, 404, 500
_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_TAG, _PICTURE = re.compile(r"<[^>]*>"), re.compile(r"<img\b[^>]*?\ssrc=\"([^\"]*)\"")
_MACHINES = {Place.FEED, Place.SITEMAP}


@dataclass(frozen=True)
class Answer:
    status: int  # 0: none, and `problem` says why
    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Story:
    pk: int
    title: str
    is_gone: bool = False  # withdrawn
    was_public: bool = True
    is_newest: bool = False  # of all that readers may see
    is_news: bool = False  # young enough for the sitemap of news


def judge(place, story, seen, make_anew):
    """(outcome, problem in words) of a place. `make_anew()` is its page past all caches, asked for when it matters."""
    if seen.status == 0 or seen.status >= BROKEN:
        return Outcome.WAITING, seen.problem or _answers(seen.status)
    if story.is_gone:
        return _gone(place, story, seen)
    if seen.status != GOOD:
        return Outcome.WAITING, _answers(seen.status)
    return _page(seen, make_anew()) if place == Place.ARTICLE else _listed(place, story, seen, make_anew)


def _gone(place, story, seen):
    if place == Place.ARTICLE:
        wanted = GONE if story.was_public else NOT_FOUND
        return (Outcome.SEEN, "") if seen.status == wanted else (Outcome.WAITING, _answers(seen.status))
    if _has_link(place, story, seen):
        return Outcome.WAITING, _("The withdrawn story still stands there.")
    return Outcome.SEEN, ""


def _page(seen, anew):
    """The article's own page: words and pictures must be those that the newest version makes."""
    if anew.status != GOOD:
        return Outcome.WAITING, anew.problem or _answers(anew.status)
    if content(seen.text) != content(anew.text):
        return Outcome.WAITING, _("Readers still get an older version.")
    return Outcome.SEEN, ""


def _listed(place, story, seen, make_anew):
    shown = _shown(place, story, seen)
    if shown == (True, True):
        return Outcome.SEEN, ""
    anew = make_anew()
    if anew.status != GOOD:
        return Outcome.WAITING, anew.problem or _answers(anew.status)
    if _shown(place, story, anew) != shown:
        problem = _("The list still has the earlier title.") if shown[0] else _("The list does not have the story yet.")
        return Outcome.WAITING, problem
    if shown[0]:
        return Outcome.SEEN, ""  # the place shows stories in other words than their titles
    if _must_stand(place, story, anew):
        return Outcome.WAITING, _("The site itself leaves the story out.")
    return Outcome.ABSENT, ""


def _must_stand(place, story, anew):
    """Whether nothing can have taken its place: there is none newer, or the list has room for all that there is."""
    if place == Place.SITEMAP:
        return story.is_news and story.is_newest
    has_room = place not in {Place.FRONT, Place.FEED} and 'rel="next"' not in anew.text
    return has_room or (story.is_newest and place != Place.SEARCH)


def _shown(place, story, answer):
    """(whether a link leads to the story, whether its title stands on the page)"""
    return _has_link(place, story, answer), words(story.title) in words(answer.text)


def _has_link(place, story, answer):
    """By its id, which decides; the texts in a feed may link to it, too, so there its own element counts."""
    pattern = rf"-{story.pk}/</(?:link|loc)>" if place in _MACHINES else rf'href="[^"]*-{story.pk}/"'
    return re.search(pattern, answer.text) is not None


def content(page):
    """What an article's page says and shows: (words, addresses of its pictures)."""
    found = _ARTICLE.search(page)
    part = found[0] if found else ""
    return words(part), _PICTURE.findall(part)


def words(markup):
    return " ".join(html.unescape(_TAG.sub("", markup)).split())


def _answers(status):
    return _("The address answers with %(status)s.") % {"status": status}
