"""Versions: every save is one, no save replaces another, and readers see a new one only by an act."""

import pytest
from django.core.exceptions import ValidationError

from articles.editorial import documents, revisions, transitions
from articles.models import Article, Revision
from tests import base, factories

pytestmark = pytest.mark.django_db

Kind = Revision.Kind


def stored(article):
    return Article.objects.select_related("working").get(pk=article.pk)


def save(article, base_number=None, user=None, **changes):
    article = stored(article)
    number = article.version if base_number is None else base_number
    return revisions.save(article, {**revisions.current(article), **changes}, user, base=number)


def kinds(article):
    return list(article.revisions.order_by("number").values_list("kind", flat=True))


def test_the_first_save_keeps_what_it_found():
    article = factories.draft(title="Cũ")
    save(article, title="Mới")
    assert [revision.document["title"] for revision in article.revisions.order_by("number")] == ["Cũ", "Mới"]
    assert kinds(article) == [Kind.FOUND, Kind.SAVED]
    assert stored(article).version == 2


def test_a_document_goes_to_the_rows_and_comes_back_the_same():
    article = factories.published(photo=factories.photo_without_files(), genre="live")
    factories.gallery(article)
    factories.attachment(article)
    factories.live_update(article)
    factories.link(article, factories.published())
    factories.link(article, title="Ngoài", url="https://vi.du/", order=1)
    factories.signed(article, as_printed="Hà Thu.")
    factories.topic("Nông thôn mới", article)
    document = documents.of(article)
    other = factories.draft()
    documents.write(other, document)
    assert documents.of(other) == document


def test_rows_that_stay_keep_their_keys_and_a_new_order_is_kept():
    article = factories.draft()
    first, second = (
        factories.link(article, title=title, url="https://vi.du/", order=n) for n, title in enumerate("AB")
    )
    document = documents.of(article)
    document["links"] = [
        *reversed(document["links"]),
        {"target": None, "title": "C", "url": "https://c/", "teaser": ""},
    ]
    documents.write(article, document)
    assert [(link.pk, link.title) for link in article.links.all()][:2] == [(second.pk, "B"), (first.pk, "A")]
    assert [link.title for link in article.links.all()] == ["B", "A", "C"]


def test_links_may_change_places_although_each_may_stand_once():
    article, one, two = factories.draft(), factories.published(), factories.published()
    factories.link(article, one, order=0)
    factories.link(article, two, order=1)
    document = documents.of(article)
    document["links"][0]["title"], document["links"] = "Đặt tên", document["links"][::-1]
    documents.write(article, document)
    assert [link.target_id for link in article.links.all()] == [two.pk, one.pk]


def test_what_was_deleted_since_is_left_out_of_a_restored_version():
    photo = factories.photo_without_files()
    article = factories.draft(photo=photo)
    save(article, title="Có ảnh")
    photo.delete()
    save(article, title="Không ảnh")
    revisions.restore(stored(article), 2, None, base=stored(article).version)
    assert stored(article).title == "Có ảnh"
    assert stored(article).photo is None


def test_saving_what_is_public_changes_nothing_for_readers(stranger):
    article = factories.published(title="Bạn đọc thấy")
    save(article, title="Đang sửa")
    assert stored(article).title == "Bạn đọc thấy"
    assert stored(article).working.document["title"] == "Đang sửa"
    assert "Đang sửa" not in stranger.get(article.get_absolute_url()).content.decode()


def test_a_scheduled_article_goes_out_as_it_was_approved():
    article = factories.scheduled(title="Đã duyệt")
    save(article, title="Sửa lén")
    assert stored(article).title == "Đã duyệt"


def test_the_next_save_builds_on_the_working_version():
    article = factories.published(title="Một", lede="Một")
    save(article, title="Hai")
    save(article, lede="Hai")
    document = stored(article).working.document
    assert (document["title"], document["lede"]) == ("Hai", "Hai")


def test_a_save_from_an_older_version_is_merged_and_says_with_whom():
    article = factories.draft(title="Cũ", lede="Cũ")
    save(article, title="Của Ed", user=base.person("ed"))
    mine = {**article.revisions.get(number=1).document, "lede": "Của Rita"}
    saved = revisions.save(stored(article), mine, base.person("rita"), base=1)
    assert (saved.revision.kind, saved.colleague.created_by.username) == (Kind.MERGED, "ed")
    assert (stored(article).title, stored(article).lede) == ("Của Ed", "Của Rita")


def test_a_contradiction_stores_nothing_and_is_set_aside_once():
    article = factories.draft(title="Cũ")
    save(article, title="Của Ed")
    mine = {**article.revisions.get(number=1).document, "title": "Của Rita"}
    with pytest.raises(revisions.Conflicted) as caught:
        revisions.save(stored(article), mine, base.person("rita"), base=1)
    for _time in range(2):
        revisions.set_aside(caught.value.article, caught.value.mine, base.person("rita"))
    assert stored(article).title == "Của Ed"
    assert kinds(article) == [Kind.FOUND, Kind.SAVED, Kind.CONFLICT]
    assert stored(article).version == 2


def test_a_version_that_was_set_aside_is_nobodys_base():
    article = factories.draft(title="Cũ")
    save(article, title="Của Ed")
    revisions.set_aside(article, {**documents.of(article), "title": "Bên lề"}, None)
    saved = save(article, lede="Tiếp")
    assert saved.revision.number == 4
    assert stored(article).title == "Của Ed"


def test_an_earlier_version_comes_back_as_the_newest_and_nothing_is_lost():
    article = factories.draft(title="Một")
    save(article, title="Hai")
    save(article, title="Ba")
    revisions.restore(stored(article), 1, base.person("ed"), base=stored(article).version)
    assert stored(article).title == "Một"
    assert [one.document["title"] for one in article.revisions.order_by("number")] == ["Một", "Hai", "Ba", "Một"]


def test_giving_the_working_version_up_shows_again_what_readers_see():
    article = factories.published(title="Bạn đọc thấy")
    save(article, title="Đang sửa")
    revisions.discard(stored(article), base.person("chris"))
    assert revisions.current(stored(article))["title"] == "Bạn đọc thấy"
    assert article.revisions.filter(document__title="Đang sửa").exists()


def test_what_goes_live_is_marked_among_the_versions():
    article = factories.draft(title="Một")
    save(article, title="Hai")
    transitions.publish(stored(article))
    save(article, title="Ba")
    transitions.update_live(stored(article), base.person("chris"), "silent")
    found = stored(article)
    assert (found.title, found.working, found.revised_at) == ("Ba", None, None)
    assert [one.is_live for one in article.revisions.order_by("number")][-1]
    assert Kind.PUBLISHED in kinds(article)


def test_withdrawing_lays_the_working_version_open():
    article = factories.published(title="Bạn đọc thấy")
    save(article, title="Đang sửa")
    transitions.withdraw(stored(article))
    found = stored(article)
    assert (found.title, found.working) == ("Đang sửa", None)
    assert found.was_public()


def test_withdrawing_keeps_the_time_that_readers_knew_whatever_was_planned_since():
    article = factories.published()
    moment = article.published_at
    save(article, published_at=None, title="Bỏ giờ")
    transitions.withdraw(stored(article))
    assert stored(article).published_at == moment
    assert stored(article).was_public()


def test_what_is_published_is_judged_as_it_is_now_and_not_as_it_was_opened():
    article = factories.complete()
    opened_before = stored(article)
    save(article, lede="")
    with pytest.raises(ValidationError):
        transitions.publish(opened_before, base.person("chris"))
    assert stored(article).state == "draft"
