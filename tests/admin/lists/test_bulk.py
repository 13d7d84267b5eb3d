"""Many at once: never more than the person may do with each singly, never stopped by one, each refusal named."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.editorial import checks, permissions, revisions, transitions
from articles.editorial.lists import bulk
from articles.models import Article, State, Transition
from tests import base, factories
from tests.admin.forms import LIST_URL

pytestmark = pytest.mark.django_db

URL = f"{LIST_URL}hang-loat/"
EVERYBODY = ["rita", "ed", "sam", "chris", "kim"]


@pytest.fixture(autouse=True)
def nothing_to_check(monkeypatch):
    """These tests are about rights and states; what the checks find has tests of its own, and two here."""
    monkeypatch.setattr(checks, "gate", lambda article, overrides=(), at=None: None)


def post(client, act, articles, **fields):
    return client.post(URL, {"act": act, "chosen": [article.pk for article in articles], "do": "1", **fields})


def told(response):
    """{title: reason, or "" where it is done}."""
    assert response.status_code == 200
    return {outcome["title"]: outcome["reason"] for outcome in response.context["outcomes"]}


def state(article):
    return Article.objects.get(pk=article.pk).state


def standing(state, category=None, writer="rita", title=""):
    """An article of rita's that stands in a state."""
    title = title or f"{state} {category}"
    category = category or factories.section()
    article = factories.draft(created_by=base.person(writer), title=title, category=category)
    factories.signed(article)
    steps = {"submitted": 1, "editing": 2, "review": 3, "approved": 4, "published": 5, "withdrawn": 6}
    number = steps.get(state, 0)
    chris = base.person("chris")
    moves = [
        lambda: transitions.submit(article, base.person(writer)), lambda: transitions.take(article, chris),
        lambda: transitions.pass_on(article, chris), lambda: transitions.approve(article, base.person("sam")),
        lambda: transitions.publish(article), lambda: transitions.withdraw(article),
    ]  # fmt: skip
    for move in moves[:number]:
        move()
    return article


# What each person may do


@pytest.fixture
def sections(db):
    """ed works in the first, and in the third, which is open to all editors; not in the second."""
    own, foreign = factories.section("Kinh tế"), factories.section("Xã hội")
    own.editors.add(base.person("ed"))
    foreign.editors.add(base.person("chris"))
    return own, foreign, factories.section("Thể thao")


def may(name, act, article, target):
    """What the predicates of permissions.py say of this one article."""
    user = base.person(name)
    if article not in permissions.visible_to(user):
        return False
    predicate = {
        "take": permissions.can_take, "return": permissions.can_return, "pass": permissions.can_pass,
        "approve": permissions.can_approve_article, "publish": permissions.can_publish_article,
        "withdraw": permissions.can_withdraw,
        "section": lambda user, one: (
            permissions.can_change(user, one) and permissions.can_move_to(user, one, target)
            and one.state != "published"
        ),
        "topic": permissions.can_change,
    }[act]  # fmt: skip
    return predicate(user, article)


@pytest.mark.parametrize("act", list(bulk.ACTS))
@pytest.mark.parametrize("name", EVERYBODY)
def test_bulk_does_exactly_what_the_person_may_do_singly(desk, sections, name, act):
    own, foreign, _open = sections
    articles = [standing(stand, category) for stand in State.values for category in (own, foreign)]
    target, topic = sections[2], factories.topic("Bão số 3")
    if act == "publish":  # what was withdrawn asks for a reason of its own, on the page of the step
        articles = [article for article in articles if article.state != State.WITHDRAWN]
    allowed = {str(article) for article in articles if may(name, act, article, target)}
    before = {article.pk: (article.state, article.version) for article in Article.objects.all()}
    response = post(desk(name), act, articles, note="Lý do.", category=target.pk, topic=topic.name)
    if response.status_code == 403:
        assert allowed == set()
        done = set()
    else:
        done = {title for title, reason in told(response).items() if not reason}
    assert done == allowed
    for article in Article.objects.all():  # what was refused is as it was
        if str(article) not in done:
            assert (article.state, article.version) == before[article.pk]


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("rita", {"section", "topic"}), ("ed", {"take", "return", "pass", "section", "topic"}),
        ("sam", set(bulk.ACTS)), ("chris", set(bulk.ACTS)), ("kim", set()),
    ],
)  # fmt: skip
def test_each_person_is_offered_what_the_role_can_do(desk, name, acts):
    factories.published()
    response = desk(name).get(LIST_URL)
    assert set(response.context["acts"]) == acts
    assert ('class="choose-one"' in response.content.decode()) is bool(acts)


def test_an_editor_takes_those_of_the_own_section_and_is_told_about_the_others(desk, sections):
    own, foreign, free = sections
    articles = [standing("submitted", section, title=section.name) for section in (own, foreign, free)]
    response = post(desk("ed"), "take", articles)
    reasons = told(response)
    assert (reasons["Kinh tế"], reasons["Thể thao"]) == ("", "")
    # of a foreign section ed may not even see what is in work
    assert reasons[f"#{articles[1].pk}"] == "Không có bài này, hoặc bạn không được xem."
    assert "Xã hội" not in reasons
    assert state(articles[1]) == "submitted"


def test_an_editor_moves_nothing_into_a_section_of_others(desk, sections):
    own, foreign, _free = sections
    article = standing("editing", own, title="Bài")
    assert "Xã hội" in told(post(desk("ed"), "section", [article], category=foreign.pk))["Bài"]
    assert Article.objects.get().category == own


def test_four_eyes_hold_for_many_too(desk):
    section = factories.section("Kinh tế", four_eyes=True)
    own, other = standing("review", section, "sam", "Của sam"), standing("review", section, title="Của rita")
    reasons = told(post(desk("sam"), "approve", [own, other]))
    assert reasons["Của rita"] == ""
    assert "người khác" in reasons["Của sam"]
    assert (state(own), state(other)) == ("review", "approved")


# One by one


def test_each_step_is_logged_with_its_note(desk):
    articles = [standing("submitted", title=title) for title in ("Một", "Hai")]
    post(desk("ed"), "return", articles, note="Thiếu nguồn tin.")
    steps = Transition.objects.filter(verb="return")
    assert [(step.note, step.moved_by) for step in steps] == [("Thiếu nguồn tin.", base.person("ed"))] * 2
    assert set(Article.objects.values_list("is_returned", flat=True)) == {True}


def test_a_refusal_in_the_middle_stops_nothing(desk, monkeypatch):
    articles = [standing("approved", title=title) for title in ("Một", "Hai", "Ba", "Bốn")]
    Article.objects.filter(title="Hai").update(lede="")

    def gate(article, overrides=(), at=None):
        if article.title == "Ba":
            raise RuntimeError("broken")

    monkeypatch.setattr(checks, "gate", gate)
    response = post(desk("chris"), "publish", articles)
    reasons = told(response)
    assert (reasons["Một"], reasons["Bốn"]) == ("", "")
    assert "sa-pô" in reasons["Hai"].lower()
    assert "Lỗi hệ thống" in reasons["Ba"]
    assert [state(article) for article in articles] == ["published", "approved", "approved", "published"]
    html = response.content.decode()
    assert "2 bài đã xong, 2 bài bị từ chối" in html


def test_what_the_checks_find_is_the_reason(desk, monkeypatch):
    class Finding:
        message = "Ảnh chưa có chú thích."

    def gate(article, overrides=(), at=None):
        raise checks.Unmet([Finding])

    monkeypatch.setattr(checks, "gate", gate)
    article = standing("approved", title="Bài")
    assert told(post(desk("chris"), "publish", [article])) == {"Bài": "Ảnh chưa có chú thích."}
    assert state(article) == "approved"


def test_what_was_done_in_the_meantime_is_refused_by_its_state(desk):
    article = standing("submitted", title="Bài")
    client = desk("ed")
    assert client.post(URL, {"act": "take", "chosen": [article.pk]}).context["refused"] == 0
    transitions.take(article, base.person("chris"))
    transitions.pass_on(article, base.person("chris"))
    assert "Chờ duyệt" in told(post(client, "take", [article]))["Bài"]


def test_a_published_article_keeps_its_time_and_a_planned_one_is_scheduled(desk):
    article = standing("approved", title="Bài")
    Article.objects.filter(pk=article.pk).update(published_at=factories.at("2199-01-01 08:00"))
    post(desk("chris"), "publish", [article])
    assert Article.objects.get().is_scheduled


# Sections and topics


def test_moving_to_a_section_is_a_version_and_merges_with_what_a_colleague_saved(desk):
    target = factories.section("Thể thao")
    article = standing("editing", title="Bài")
    revisions.save(article, {"lede": "Sa-pô của ed."}, base.person("ed"), base=article.version)
    assert told(post(desk("ed"), "section", [article], category=target.pk)) == {"Bài": ""}
    article = Article.objects.get()
    assert (article.category, article.lede) == (target, "Sa-pô của ed.")
    assert article.revisions.first().document["category"] == target.pk
    assert "đã ở chuyên mục này" in told(post(desk("ed"), "section", [article], category=target.pk))["Bài"]


def test_what_readers_see_is_not_moved_here(desk):
    article = standing("published", title="Bài")
    reason = told(post(desk("chris"), "section", [article], category=factories.section("Thể thao").pk))["Bài"]
    assert "trong bài" in reason
    assert Article.objects.get().category.name == "Kinh tế"


def test_a_topic_is_added_beside_the_others_and_once(desk):
    article = standing("editing", title="Bài")
    factories.topic("Nông thôn mới", article)
    factories.topic("Bão số 3")
    assert told(post(desk("ed"), "topic", [article], topic="bao so 3")) == {"Bài": ""}
    assert sorted(topic.name for topic in article.topics.all()) == ["Bão số 3", "Nông thôn mới"]
    assert "đã có chủ đề" in told(post(desk("ed"), "topic", [article], topic="Bão số 3"))["Bài"]


def test_readers_see_a_topic_at_once_where_the_person_publishes_and_nothing_else_with_it(desk):
    clean, changed = standing("published", title="Sạch"), standing("published", title="Đang sửa")
    revisions.save(changed, {"lede": "Chưa cho bạn đọc xem."}, base.person("ed"), base=changed.version)
    topic = factories.topic("Bão số 3")
    response = post(desk("chris"), "topic", [clean, changed], topic=topic.name)
    remarks = {outcome["title"]: outcome["remark"] for outcome in response.context["outcomes"]}
    assert remarks["Sạch"] == ""
    assert "Cập nhật bản đăng" in remarks["Đang sửa"]
    assert list(topic.articles.all()) == [clean]
    changed.refresh_from_db()
    assert changed.lede != "Chưa cho bạn đọc xem."
    assert changed.working.document["topics"] == [topic.pk]
    clean.refresh_from_db()
    assert (clean.working, clean.revised_at) == (None, None)


def test_an_editor_who_may_not_publish_adds_a_topic_to_the_working_version(desk):
    article = standing("published", title="Bài")
    topic = factories.topic("Bão số 3")
    post(desk("ed"), "topic", [article], topic=topic.name)
    assert not topic.articles.exists()
    assert Article.objects.get().working.document["topics"] == [topic.pk]


# The page


def test_the_page_asks_first_names_what_will_be_left_and_changes_nothing(desk):
    fit, unfit = standing("submitted", title="Chờ"), standing("approved", title="Duyệt rồi")
    response = desk("ed").post(URL, {"act": "take", "chosen": [fit.pk, unfit.pk], "query": "state=submitted&x=1"})
    assert told(response) == {"Chờ": "", "Duyệt rồi": "Bài đang ở trạng thái “Đã duyệt” nên không làm được bước này."}
    assert state(fit) == "submitted"
    assert 'name="query" value="state=submitted"' in response.content.decode()


def test_the_preview_costs_the_same_for_many(desk, django_assert_max_num_queries):
    articles, client = factories.many(60), desk("ed")
    with django_assert_max_num_queries(10):
        client.post(URL, {"act": "topic", "chosen": [article.pk for article in articles]})


@pytest.mark.parametrize(
    ("act", "wrong"),
    [
        ("return", {"note": "  "}), ("return", {"note": "x" * 1001}), ("section", {"category": ""}),
        ("section", {"category": "9" * 30}), ("topic", {"topic": "Không có"}), ("topic", {"topic": "\0"}),
    ],
)  # fmt: skip
def test_an_order_that_lacks_something_is_asked_again_and_keeps_what_was_typed(desk, act, wrong):
    article = standing("submitted", title="Bài")
    response = post(desk("ed"), act, [article], **wrong)
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="errornote"' in html
    assert state(article) == "submitted"
    if act == "topic" and wrong["topic"] != "\0":
        assert 'value="Không có"' in html
    if len(wrong.get("note", "")) > 1000:
        assert "x" * 1001 in html
    json = desk("ed").post(
        URL, {"act": act, "chosen": article.pk, "do": "1", **wrong}, headers={"Accept": "application/json"}
    )
    assert json.status_code == 400
    assert json.json()["error"]


@pytest.mark.parametrize("chosen", [[], ["x"], ["\0"], ["-1"], ["9" * 40], ["0" * 30 + "9" * 40], ["1.5"], ["²"]])
def test_numbers_that_are_none_are_left_out(desk, chosen):
    response = desk("ed").post(URL, {"act": "take", "chosen": chosen, "do": "1"})
    assert response.status_code == 302
    assert response.url == LIST_URL


def test_at_most_two_hundred_at_once(desk, monkeypatch):
    response = desk("ed").post(URL, {"act": "take", "chosen": list(range(1, bulk.MOST + 2)), "do": "1"}, follow=True)
    assert "200" in str(list(response.context["messages"])[0])


def test_an_act_that_is_none_and_one_beyond_the_role_are_refused(desk):
    article = standing("approved")
    assert post(desk("chris"), "delete", [article]).status_code == 403
    assert post(desk("ed"), "publish", [article]).status_code == 403
    assert post(desk("kim"), "take", [article]).status_code == desk("kim").get(LIST_URL + "add/").status_code == 403
    assert desk("ed").get(URL).status_code == 405
    assert state(article) == "approved"


def test_the_script_gets_the_outcomes_as_json(desk):
    done, refused = standing("submitted", title="Chờ"), standing("approved", title="Duyệt rồi")
    response = desk("ed").post(
        URL, {"act": "take", "chosen": [done.pk, refused.pk, 10**9], "do": "1"}, headers={"Accept": "application/json"}
    )
    outcomes = response.json()["outcomes"]
    assert [(one["pk"], one["done"]) for one in outcomes] == [(done.pk, True), (refused.pk, False), (10**9, False)]
    assert outcomes[0]["url"] == reverse("admin:articles_article_change", args=[done.pk])
    assert outcomes[2]["title"] == f"#{10**9}"


def test_a_foreign_page_can_do_nothing_with_a_signed_in_browser():
    client = Client(enforce_csrf_checks=True)
    client.force_login(base.person("chris"))
    article = standing("approved")
    assert post(client, "publish", [article]).status_code == 403
    assert state(article) == "approved"


def test_every_section_is_offered_but_those_where_the_person_does_not_work(desk, sections):
    article = standing("editing", sections[0])
    response = desk("ed").post(URL, {"act": "section", "chosen": article.pk})
    assert {section.name for section in response.context["sections"]} == {"Kinh tế", "Thể thao"}
