"""After each step that readers notice the site asks itself for it, through whatever stands in front."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import search
from articles.editorial import documents, revisions, transitions
from articles.models import Effect, Notice, Receipt, State, Transition
from articles.readers.buffer import buffer
from articles.receipts import owing
from tests import base, factories

pytestmark = pytest.mark.django_db(transaction=True)

Outcome, Verb = Receipt.Outcome, Transition.Verb
EVERYWHERE = {"article", "section", "front", "day", "feed", "sitemap", "search"}


@pytest.fixture
def chris():
    return base.person("chris")


def publish(by=None, at=None, **fields):
    article = factories.complete(**fields)
    transitions.publish(article, by, at=at or timezone.now())
    return article


def update(article, user, act=Verb.UPDATE, **changes):
    article.refresh_from_db()
    document = documents.of(article) | changes
    revisions.save(article, document, user, base=article.version)
    return transitions.update_live(article, user, act, correction=CORRECTION if act == Verb.CORRECT else None)


CORRECTION = {"wrong": "Cầu dài 300 mét.", "right": "Cầu dài 330 mét.", "apology": "Báo xin lỗi bạn đọc."}


def outcomes(step=None):
    found = Receipt.objects.all() if step is None else step.receipts
    return {one.place: one.outcome for one in found.all()}


def owed():
    return Effect.objects.filter(kind="receipt", done_at__isnull=True)


# What comes right


def test_what_was_published_is_seen_in_every_place(asking, effects, chris):
    before = timezone.now()
    article = publish(by=chris, title="Cầu mới qua sông Đà thông xe")
    assert owed().get().attempts == 0  # the request that published asked for nothing
    effects()
    assert outcomes() == dict.fromkeys(EVERYWHERE, Outcome.SEEN)
    for one in article.receipts.all():
        assert before < one.seen_at <= one.asked_at <= timezone.now()
        assert one.problem == ""
    assert not owed().exists()


def test_a_sub_section_is_asked_for_together_with_the_one_above(asking, effects, chris):
    publish(by=chris, category=factories.subsection())
    effects()
    assert outcomes() == dict.fromkeys({*EVERYWHERE, "top"}, Outcome.SEEN)


def test_an_update_is_seen_when_readers_get_its_words(asking, effects, chris):
    article = publish(by=chris)
    effects()
    step = update(article, chris, body="<p>Cầu dài 330 mét.</p>")
    effects()
    assert outcomes(step) == dict.fromkeys(EVERYWHERE, Outcome.SEEN)


def test_a_correction_is_seen_when_readers_get_it(asking, effects, chris):
    article = publish(by=chris)
    step = update(article, chris, Verb.CORRECT, body="<p>Cầu dài 330 mét.</p>")
    effects()
    assert outcomes(step)["article"] == Outcome.SEEN


def test_what_was_withdrawn_is_gone_from_every_place(asking, effects, chris, client):
    article = publish(by=chris)
    effects()
    transitions.withdraw(article, chris)
    effects()
    step = article.transitions.get(verb=Verb.WITHDRAW)
    assert outcomes(step) == dict.fromkeys(EVERYWHERE, Outcome.SEEN)


def test_what_is_scheduled_is_asked_for_at_its_time(asking, effects, chris, clock):
    moment = timezone.now() + timedelta(hours=1)
    publish(by=chris, at=moment)
    effects()
    assert (owed().get().due_at, Receipt.objects.exists()) == (moment, False)
    clock(moment)
    effects()
    assert outcomes() == dict.fromkeys(EVERYWHERE, Outcome.SEEN)
    assert {one.seen_at for one in Receipt.objects.all()} == {moment}


def test_a_scheduled_story_whose_hour_moves_is_asked_for_at_the_new_one(asking, effects, chris):
    moment = timezone.now() + timedelta(hours=1)
    article = publish(by=chris, at=moment)
    later = (moment + timedelta(hours=1)).replace(microsecond=0)
    article.refresh_from_db()
    revisions.save(article, documents.of(article) | {"published_at": later.isoformat()}, chris, base=article.version)
    transitions.update_live(article, chris, Verb.UPDATE)
    assert owed().get().due_at == later


def test_what_was_never_public_is_asked_for_at_its_own_address_alone(asking, effects, chris):
    article = publish(by=chris, at=timezone.now() + timedelta(hours=1))
    transitions.withdraw(article, chris)
    effects()
    assert outcomes() == {"article": Outcome.SEEN}
    assert not owed().exists()


def test_an_old_story_stands_rightly_where_its_day_is_and_not_on_the_front_page(asking, effects, chris):
    factories.many(60, when=timezone.now() - timedelta(hours=3))
    publish(by=chris, at=factories.at("2010-11-22 08:00"))
    effects()
    right = dict.fromkeys(["article", "day", "search"], Outcome.SEEN)
    assert outcomes() == right | dict.fromkeys(["section", "front", "feed", "sitemap"], Outcome.ABSENT)
    assert not owed().exists()


# What stays wrong


def test_a_cache_that_keeps_an_old_front_page_raises_the_alarm(stale, effects, chris, caplog):
    factories.many(1, when=timezone.now() - timedelta(hours=3))
    stale.keep("/")
    rita = base.person("rita")
    article = publish(by=base.person("sam"), created_by=rita, title="Cầu mới", state=State.APPROVED)
    effects(rounds=2)
    told = Notice.objects.exclude(text__contains="đã xuất bản")
    assert (outcomes()["front"], told.count()) == (Outcome.WAITING, 0)
    effects()
    front = Receipt.objects.get(place="front")
    assert (front.outcome, front.seen_at) == (Outcome.FAILED, None)
    assert set(told.values_list("recipient__username", flat=True)) == {"sam", "chris"}
    assert "trang nhất" in told.first().note.lower()
    assert [record.levelname for record in caplog.records if "do not see" in record.message] == ["ERROR"]
    assert {place for place, outcome in outcomes().items() if outcome != Outcome.SEEN} == {"front"}
    assert article.state == State.PUBLISHED
    effects(rounds=3)
    assert told.count() == 2  # told once


def test_what_comes_right_after_the_alarm_says_when(stale, effects, chris):
    factories.many(1, when=timezone.now() - timedelta(hours=3))
    stale.keep("/")
    publish(by=chris)
    effects(rounds=3)
    stale.kept.clear()
    effects()
    front = Receipt.objects.get(place="front")
    assert front.outcome == Outcome.SEEN
    assert front.alarmed_at < front.seen_at
    assert not owed().exists()


@pytest.mark.parametrize("act", [Verb.UPDATE, Verb.SILENT, Verb.CORRECT])
def test_a_cache_that_keeps_the_old_version_is_noticed(stale, effects, chris, act):
    article = publish(by=chris)
    effects()
    stale.keep(article.get_absolute_url())
    step = update(article, chris, act, body="<p>Cầu dài 330 mét.</p>")
    effects()
    assert outcomes(step)["article"] == Outcome.WAITING
    assert "bản cũ" in step.receipts.get(place="article").problem


def test_a_cache_that_keeps_another_picture_is_noticed(stale, effects, chris):
    article = publish(by=chris)
    effects()
    stale.keep(article.get_absolute_url())
    photo = factories.photo_without_files(credit="Bùi Minh", alt="Cầu.", master="2023/03/zz/master.jpg")
    step = update(article, chris, Verb.SILENT, photo=photo.pk)
    effects()
    assert outcomes(step)["article"] == Outcome.WAITING


def test_a_cache_that_keeps_a_withdrawn_story_is_noticed(stale, effects, chris):
    article = publish(by=chris)
    effects()
    paths = [article.get_absolute_url(), "/rss/"]
    for path in paths:
        stale.keep(path)
    step = transitions.withdraw(article, chris)
    effects()
    wrong = {place for place, outcome in outcomes(step).items() if outcome == Outcome.WAITING}
    assert wrong == {"article", "feed"}


def test_a_list_that_keeps_the_old_title_is_noticed(stale, effects, chris):
    article = publish(by=chris, title="Tên cũ của tin")
    effects()
    stale.keep("/")
    step = update(article, chris, Verb.SILENT, title="Tên mới của tin")
    effects()
    assert {place for place, outcome in outcomes(step).items() if outcome == Outcome.WAITING} == {"front"}


def test_a_site_that_does_not_answer_is_no_error_of_ours(asking, settings, effects, chris):
    settings.RECEIPT_URL = "http://127.0.0.1:9"  # nobody listens there
    publish(by=chris)
    effects(rounds=3)
    assert set(outcomes().values()) == {Outcome.FAILED}
    assert all(one.problem for one in Receipt.objects.all())
    assert owed().get().last_error


def test_a_redirect_is_not_followed(stale, effects, chris):
    stale.kept["/"] = (302, "")
    publish(by=chris)
    effects()
    assert "302" in Receipt.objects.get(place="front").problem
    assert "/elsewhere" not in [path for path, _headers in stale.seen]


def test_the_site_that_leaves_the_newest_story_out_is_wrong_itself(asking, effects, chris, monkeypatch):
    publish(by=chris)
    nothing = search.Found([], total=0, has_more=False)
    monkeypatch.setattr("articles.search.find", lambda *args: nothing)
    effects()
    assert outcomes()["search"] == Outcome.WAITING


def test_a_page_that_cannot_be_made_is_told_of(asking, effects, chris, monkeypatch, settings):
    publish(by=chris)
    monkeypatch.setattr("articles.receipts.asking.resolve", lambda path: 1 / 0)
    effects()
    assert "ZeroDivisionError" in Receipt.objects.get(place="article").problem


def test_a_later_step_takes_over(stale, effects, chris):
    article = publish(by=chris)
    stale.keep("/")
    stale.kept["/"] = (200, "")
    effects(rounds=3)
    first = article.transitions.get(verb=Verb.PUBLISH)
    stale.kept.clear()
    step = update(article, chris, body="<p>Cầu dài 330 mét.</p>")
    effects()
    assert outcomes(first)["front"] == Outcome.OVERTAKEN
    assert set(outcomes(step).values()) == {Outcome.SEEN}


def test_after_two_days_nobody_asks_any_more(stale, effects, chris, clock):
    stale.kept["/"] = (500, "")
    publish(by=chris)
    effects(rounds=3)
    clock(timezone.now() + timedelta(days=2, minutes=1))
    effects()
    assert not owed().exists()
    assert outcomes()["front"] == Outcome.FAILED


# As a reader, and only here


def test_it_asks_as_a_reader_without_cookies_under_the_public_name(stale, effects, chris, settings):
    publish(by=chris)
    effects()
    path, headers = stale.seen[0]
    assert "Cookie" not in headers
    assert headers["Host"] == settings.SITE_URL.removeprefix("http://")
    assert headers["User-Agent"].startswith("newsroom-receipt")
    assert headers["X-Forwarded-Proto"] == "http"


def test_asking_counts_no_read(asking, effects, chris):
    publish(by=chris)
    buffer.reset()
    effects()
    assert buffer._counts == {}


# Who owes one


def test_a_step_that_readers_do_not_notice_owes_nothing(asking, chris):
    article = factories.draft(created_by=base.person("rita"))
    transitions.submit(article, article.created_by)
    assert not owed().exists()


def test_switched_off_nothing_is_owed(asking, settings, chris):
    settings.RECEIPTS = False
    publish(by=chris)
    assert not Effect.objects.filter(kind="receipt").exists()


def test_an_import_of_old_pages_owes_nothing(asking):
    for day in (1, 2, 3):
        publish(at=timezone.now() - owing.NEWS - timedelta(days=day))
    assert not owed().exists()


def test_of_a_burst_of_the_shell_the_last_is_asked_for(asking, effects):
    articles = [publish() for _number in range(5)]
    assert owed().count() == 1
    effects()
    assert set(Receipt.objects.values_list("article", flat=True)) == {articles[-1].pk}


def test_every_withdrawal_is_asked_for(asking):
    articles = [factories.published() for _number in range(3)]
    for article in articles:
        transitions.withdraw(article)
    assert owed().count() == 3


def test_publishing_owes_its_receipt_at_the_price_of_two_queries(asking, chris, settings):
    publish(by=chris)  # what a person may is asked once
    settings.RECEIPTS = True
    article = factories.complete()
    article.refresh_from_db()
    with CaptureQueriesContext(connection) as captured:
        transitions.publish(article, chris)
    asked = [query["sql"] for query in captured if "receipt" in query["sql"]]
    assert len(asked) == 2  # whether one is owed already, and the row
