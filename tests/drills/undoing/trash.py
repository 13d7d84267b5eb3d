"""R18. Deleted and had back, by a person of the desk over HTTP, as readers see it.

A draft with everything that can hang on one goes to the trash, is nowhere, comes back, is published and is everywhere.
What readers saw is not deleted: it is withdrawn (410), and published again at its address. What articles need is not
deleted under them (holding.py). Then the server is killed while people delete and restore (killed.py).
"""

import re
from pathlib import Path

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.utils import timezone

from articles.models import Article, GalleryPhoto, Redirect, Revision, State
from tests import factories
from tests.admin import forms
from tests.drills.asking import Person, ask
from tests.drills.ledger import Outcome
from tests.drills.undoing import holding, killed

KILLS, LONG_KILLS = 40, 2000
SEEN = 15  # seconds, at most, until all lists say what the page of the article says
AGAIN = 8  # times that they are read once more
TITLE, SLUG, OLD = "Đập thủy điện bimat5517", "dap-thuy-dien", "/11/158663/Doi-moi.htm"
PRESSED = {"csrfmiddlewaretoken", "form_tab"}  # another with each form


def pictured(caption):
    return factories.photo(caption=caption, credit="Bùi Minh", alt="Hồ tích nước.")


def story():
    """A draft with address, pictures above, in and below the text, topics, links, bylines and an old address."""
    inside = pictured("Ảnh trong bài")
    figure = f'<img src="{inside.address}" alt="Hồ."><figcaption>Hồ tích nước. Ảnh: Bùi Minh</figcaption>'
    body = f'<p>Hồ tích nước.</p><figure class="image">{figure}</figure><p>Hết.</p>'
    article = factories.complete(title=TITLE, slug=SLUG, body=body, photo=pictured("Ảnh chính"))
    factories.signed(article, "Trần Mai", order=1)
    factories.topic("Thủy điện", article)
    factories.link(article, factories.published(title="Bài liên quan"))
    shown = [pictured(f"Ảnh bộ {number}") for number in range(2)]
    for order, photo in enumerate(shown):
        GalleryPhoto.objects.create(article=article, photo=photo, order=order)
    Redirect.objects.create(path=OLD, article=article)
    return article, [article.photo, inside, *shown]


def lists():
    today = timezone.localdate()
    pages = [
        "/",
        "/kinh-te/",
        "/chu-de/thuy-dien/",
        "/tac-gia/ha-thu/",
        "/tac-gia/tran-mai/",
        f"/ngay/{today:%Y/%m/%d}/",
    ]
    feeds = [f"{page}rss/" for page in pages[:4]] + ["/atom/", "/feed.json"]
    return [*pages, *feeds, "/sitemap-news.xml", f"/sitemap-{today:%Y-%m}.xml", "/tim-kiem/?q=bimat5517"]


class Readers:
    """What anybody on the web sees of one article."""

    def __init__(self, home, article):
        self.home, self.address = home, article.get_absolute_url()

    def showing(self):
        return {path for path in lists() if self.address in ask(self.home, path).text}

    def see(self, status, places):
        """Whether its page answers so, and it stands in those lists alone: soon, for the index is written afterwards,
        and then however often it is asked, of whichever process."""

        def is_so():
            return ask(self.home, self.address).status == status and self.showing() == set(places)

        return newsroom.until(is_so, SEEN) is not None and all(is_so() for _again in range(AGAIN))


def standing(person, article):
    """(what the desk's form has of it, its versions, what became of its history)"""
    fields = {name: value for name, value in person.form(forms.change_url(article))[1].items() if name not in PRESSED}
    versions = list(Revision.objects.filter(article=article).values_list("number", "document"))
    return fields, versions, person.get(f"{forms.LIST_URL}{article.pk}/history/").status


def there_and_back(found, person, article, readers):
    """A draft is deleted, and is as it was when it is had back."""
    for number in range(3):
        answer = person.write(article, f"ban{number}x")
        found.expect(answer.status == 302, f"version {number} was not saved: {answer.status}")
    before = standing(person, article)
    found.expect(len(before[0]) > 30 and len(before[1]) >= 3 and before[2] == 200, "there is hardly anything to lose")
    found.expect(killed.delete(person, article.pk) == killed.DONE, "it was not deleted")
    at_desk = person.get(forms.LIST_URL).text + person.get(f"{forms.LIST_URL}?q=bimat5517&state=draft").text
    found.expect(person.get("/admin/").status == 200 and f"/article/{article.pk}/" not in at_desk, "the desk lists it")
    found.expect(TITLE in person.get(killed.BIN).text, "it is not in the trash")
    for path in (readers.address, OLD, f"/xem-truoc/{article.pk}/"):
        status = ask(readers.home, path).status
        found.expect(status == 404, f"{path} of what is in the trash: {status}")
    found.expect(not readers.showing(), "readers find what is in the trash")
    newsroom.manage("empty_trash").wait(60)
    found.expect(killed.recover(person, article.pk) == killed.DONE, "it was not had back")
    after = standing(person, article)
    changed = [name for name in before[0] | after[0] if before[0].get(name) != after[0].get(name)]
    found.expect(after == before, f"had back, it is not what it was: {changed or 'its versions'}")
    kept = len(before[0]) - len(changed)
    found.figure(
        f"a draft had back with {kept} of {len(before[0])} fields and {len(after[1])} of {len(before[1])} versions"
    )


def seen_again(found, person, article, pictures, readers):
    answer = person.write(article, "dangx", press="_publish")
    found.expect("/step/" not in answer["Location"], "the checks before publication held it back")
    found.expect(readers.see(200, lists()), f"not seen everywhere: {set(lists()) - readers.showing()}")
    page = ask(readers.home, readers.address).text
    missing = [photo.pk for photo in pictures if str(Path(photo.master).parent) not in page]
    missing += [word for word in ("Bài liên quan", "Trần Mai", "Thủy điện", "ban2x") if word not in page]
    found.expect(not missing, f"its page lacks {missing}")
    files = set(re.findall(r"/media/[\w/.-]+", page))
    broken = [path for path in files if ask(readers.home, path).status != 200]
    found.expect(
        len(files) >= len(pictures) and not broken, f"files of its pictures: {len(files)}, broken {broken[:3]}"
    )
    old = ask(readers.home, OLD)
    found.expect((old.status, old["Location"]) == (301, readers.address), f"its old address: {old.status}")
    shown = len(readers.showing())
    found.figure(
        f"seen again in {shown} of {len(lists())} lists, with {len(pictures)} pictures, {len(missing)} missing"
    )


def withdrawn(found, person, article, readers):
    """What readers saw: never in the trash, gone from everywhere, and back."""
    answer = person.post(f"{forms.LIST_URL}{article.pk}/delete/", {"post": "yes"})
    is_public = Article.objects.get(pk=article.pk).state == State.PUBLISHED
    found.expect(answer.status == 403 and is_public, f"what readers see was deleted: {answer.status}")
    step = f"{forms.LIST_URL}{article.pk}/step"
    person.post(f"{step}/withdraw/", {"note": "Sai nguồn."})
    found.expect(readers.see(410, []), f"withdrawn, and still in {readers.showing()}")
    answer = person.post(f"{forms.LIST_URL}{article.pk}/delete/", {"post": "yes"})
    found.expect(answer.status == 403, f"what readers saw was deleted: {answer.status}")
    person.post(f"{step}/publish/", {"note": "", "override-withdrawn": "Nguồn đã xác nhận."})
    found.expect(readers.see(200, lists()), f"published again, and not in {set(lists()) - readers.showing()}")


def drill(is_long):
    found = Outcome()
    article, pictures = story()
    with newsroom.server() as server:
        person, readers = Person(server.home, "tong"), Readers(server.home, article)
        there_and_back(found, person, article, readers)
        seen_again(found, person, article, pictures, readers)
        withdrawn(found, person, article, readers)
        holding.drill(found, server.home)
    killed.drill(found, LONG_KILLS if is_long else KILLS)
    return found
