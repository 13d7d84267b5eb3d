"""Who is told of what, once, and never of their own doing; and the mail that follows."""

from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from articles.editorial import notices, revisions, transitions
from articles.editorial.notices import mail
from articles.models import Article, Note, Notice, Transition
from tests import base, factories

pytestmark = pytest.mark.django_db
Verb = Transition.Verb
EVERYBODY = ("rita", "ed", "sam", "chris", "phong", "kim", "ada")


@pytest.fixture(autouse=True)
def people():
    return {name: base.person(name) for name in EVERYBODY}


@pytest.fixture
def article(people):
    found = factories.draft(title="Đường lên bản", created_by=people["rita"], ai_use="none")
    factories.signed(found)
    transitions.submit(found, people["rita"])
    Notice.objects.all().delete()
    return found


def told(verb=None):
    """The user names of who was told, in the order of the alphabet."""
    return sorted(Notice.objects.values_list("recipient__username", flat=True))


def test_what_is_sent_is_told_to_everybody_who_edits_where_a_section_names_nobody(people):
    story = factories.draft(created_by=people["rita"])
    step = transitions.submit(story, people["rita"])
    assert told() == ["ada", "chris", "ed", "sam"]
    assert sorted(step.notified) == ["ada", "chris", "ed", "sam"]
    assert Transition.objects.get(pk=step.pk).notified == step.notified


def test_the_editors_whom_a_section_names_are_told_and_nobody_else(people):
    section = factories.section("Xã hội")
    section.editors.add(people["ed"])
    transitions.submit(factories.draft(category=section, created_by=people["rita"]), people["rita"])
    assert told() == ["ed"]


def test_a_sub_section_without_editors_has_those_of_its_parent(people):
    parent = factories.section("Xã hội")
    parent.editors.add(people["sam"])
    child = factories.section("Y tế", parent=parent)
    transitions.submit(factories.draft(category=child, created_by=people["rita"]), people["rita"])
    assert told() == ["sam"]


def test_an_editor_who_left_is_not_told(people):
    people["ed"].is_active = False
    people["ed"].save()
    transitions.submit(factories.draft(created_by=people["rita"]), people["rita"])
    assert "ed" not in told()


def test_nobody_is_told_of_what_they_did(people):
    story = factories.draft(created_by=people["ed"])
    transitions.submit(story, people["ed"])
    assert "ed" not in told()


def test_the_writer_hears_that_it_was_taken(people, article):
    transitions.take(article, people["ed"])
    assert told() == ["rita"]


def test_a_colleague_hears_that_it_was_taken_over(people, article):
    transitions.take(article, people["ed"])
    Notice.objects.all().delete()
    transitions.take(article, people["sam"])
    assert told() == ["ed", "rita"]


def test_the_writer_reads_why_it_came_back(people, article):
    transitions.send_back(article, people["ed"], "Thiếu ý kiến của xã.")
    notice = Notice.objects.get()
    assert (notice.recipient.username, notice.note) == ("rita", "Thiếu ý kiến của xã.")
    assert "Đường lên bản" in notice.text
    assert notice.article == article


def test_passing_on_is_told_to_who_approves_and_approval_to_who_publishes_and_the_writer(people, article):
    transitions.take(article, people["ed"])
    Notice.objects.all().delete()
    transitions.pass_on(article, people["ed"])
    assert told() == ["ada", "chris", "sam"]
    Notice.objects.all().delete()
    transitions.approve(article, people["sam"])
    assert told() == ["ada", "chris", "rita"]


def test_where_four_eyes_are_asked_for_the_writer_is_not_asked_to_approve(people):
    section = factories.section("Thời sự", four_eyes=True)
    story = factories.draft(category=section, created_by=people["sam"])
    transitions.submit(story, people["sam"])
    transitions.take(story, people["ed"])
    Notice.objects.all().delete()
    transitions.pass_on(story, people["ed"])
    assert told() == ["ada", "chris"]


def test_publication_and_withdrawal_are_told_to_the_writer_and_the_last_who_had_it(people, article):
    transitions.take(article, people["ed"])
    transitions.pass_on(article, people["ed"])
    transitions.approve(article, people["sam"])
    for move in (transitions.publish, transitions.withdraw):
        Notice.objects.all().delete()
        move(article, people["chris"])
        assert told() == ["ed", "rita"]


def test_a_scheduled_story_is_told_with_its_hour(people, article, clock):
    clock(factories.at("2026-11-23 08:00"))
    transitions.publish(article, people["chris"], at=factories.at("2026-11-24 06:00"))
    assert "06:00 24/11/2026" in Notice.objects.get(recipient=people["rita"]).text


def test_a_silent_fix_is_told_to_nobody_and_an_update_to_the_writer(people, article):
    transitions.publish(article, people["chris"])
    for act, expected in ((Verb.SILENT, []), (Verb.UPDATE, ["rita"])):
        stored = Article.objects.get(pk=article.pk)
        document = {**revisions.current(stored), "lede": f"Sa-pô {act}."}
        revisions.save(stored, document, people["chris"], base=stored.version)
        Notice.objects.all().delete()
        transitions.update_live(stored, people["chris"], act)
        assert told() == expected


def test_a_step_that_is_taken_back_leaves_no_notice(people, article, monkeypatch):
    monkeypatch.setattr(notices.mail, "after_commit", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        transitions.take(article, people["ed"])
    assert told() == []
    assert Article.objects.get(pk=article.pk).state == "submitted"


def test_what_asks_for_a_step_is_settled_when_a_colleague_takes_it(people):
    story = factories.draft(created_by=people["rita"])
    transitions.submit(story, people["rita"])
    assert Notice.objects.get(recipient=people["sam"]).read_at is None
    transitions.take(story, people["ed"])
    assert Notice.objects.get(recipient=people["sam"]).read_at
    assert Notice.objects.get(recipient=people["rita"]).read_at is None
    transitions.send_back(story, people["ed"], "Thiếu số liệu.")
    assert Notice.objects.filter(recipient=people["rita"], read_at=None).count() == 2  # told, not asked


def test_a_recalled_story_waits_for_nobody(people):
    story = factories.draft(created_by=people["rita"])
    transitions.submit(story, people["rita"])
    transitions.recall(story, people["rita"])
    assert not Notice.objects.filter(read_at=None).exists()


def test_a_mention_reaches_who_may_see_the_article_and_nobody_else(people, article):
    note = Note.objects.create(
        article=article, text="@ed xem lại số liệu", created_by=people["chris"], created_by_name="chris"
    )
    names = notices.mention(note, [people["ed"], people["kim"], people["chris"]])
    assert names == ["ed"]
    assert told() == ["ed"]
    assert "nhắc đến bạn" in Notice.objects.get().text


def test_the_longest_title_still_fits(people):
    story = factories.draft(title="Đ" * 250, created_by=people["rita"])
    transitions.submit(story, people["rita"])
    assert len(Notice.objects.first().text) <= 400


def test_opening_marks_the_notices_of_the_article_and_only_ones_own(people, article):
    other = factories.draft(created_by=people["rita"])
    transitions.submit(other, people["rita"])
    for name in ("ed", "sam"):
        Notice.objects.create(recipient=people[name], article=article, text="x")
    notices.mark_read(people["ed"], article)
    unread = Notice.objects.filter(read_at__isnull=True)
    assert not unread.filter(recipient=people["ed"], article=article).exists()
    assert unread.filter(recipient=people["ed"], article=other).exists()
    assert unread.filter(recipient=people["sam"], article=article).exists()


def test_the_cost_of_telling_does_not_grow_with_the_newsroom(people, article, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        step = Transition(article=article, verb=Verb.SUBMIT, moved_by=people["rita"], moved_by_name="rita")
        notices.tell(step, article)


# By mail


@pytest.fixture
def posted(settings, people, django_capture_on_commit_callbacks):
    """posted(move, …): the letters that a step brought, once it was stored for good."""
    settings.NOTICES_BY_MAIL = True
    settings.SITE_URL = "https://baomau.vn"
    cache.clear()
    for name, user in people.items():
        user.email = f"{name}@example.org"
        user.save()

    def do(move, *args):
        with django_capture_on_commit_callbacks(execute=True):
            move(*args)
        return outbox.outbox

    yield do
    cache.clear()


def test_a_letter_says_what_happened_why_and_where(people, article, posted):
    (letter,) = posted(transitions.send_back, article, people["ed"], "Thiếu ý kiến.\nHỏi thêm xã.")
    assert letter.to == ["rita@example.org"]
    assert "\n" not in letter.subject
    assert "Đường lên bản" in letter.subject
    for words in ("Thiếu ý kiến.\nHỏi thêm xã.", f"https://baomau.vn/admin/articles/article/{article.pk}/change/"):
        assert words in letter.body
    assert Notice.objects.get().mailed_at


def test_without_a_mail_server_notices_stand_at_the_desk_only(people, article, posted, settings):
    settings.NOTICES_BY_MAIL = False
    assert posted(transitions.take, article, people["ed"]) == []
    assert told() == ["rita"]


def test_who_has_no_address_gets_no_letter(people, posted):
    people["ed"].email = ""
    people["ed"].save()
    letters = posted(transitions.submit, factories.draft(created_by=people["rita"]), people["rita"])
    assert sorted(letter.to[0] for letter in letters) == [f"{name}@example.org" for name in ("ada", "chris", "sam")]


class Failing(EmailBackend):
    error = OSError("no route")

    def send_messages(self, messages):
        raise self.error


def test_a_server_that_fails_breaks_no_step_and_is_left_alone_for_a_while(
    people, article, posted, settings, monkeypatch, caplog
):
    tries = []
    monkeypatch.setattr(Failing, "send_messages", lambda self, messages: tries.append(1) or _raise(Failing.error))
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    monkeypatch.setattr(mail, "get_connection", lambda: Failing())
    posted(transitions.take, article, people["ed"])
    posted(transitions.pass_on, article, people["ed"])
    assert Article.objects.get(pk=article.pk).state == "review"
    assert len(tries) == 1
    assert "no route" in caplog.text
    assert not Notice.objects.filter(mailed_at__isnull=False).exists()


def _raise(error):
    raise error


@pytest.mark.parametrize(
    "error", [SMTPRecipientsRefused({}), SMTPDataError(550, b"no"), ValueError("a line break in the address")]
)
def test_one_bad_address_keeps_nobody_else_from_their_letter(people, posted, monkeypatch, error):
    sent = []

    class Picky(EmailBackend):
        def send_messages(self, messages):
            if messages[0].to == ["chris@example.org"]:
                raise error
            sent.extend(messages)
            return 1

    monkeypatch.setattr(mail, "get_connection", Picky)
    posted(transitions.submit, factories.draft(created_by=people["rita"]), people["rita"])
    assert sorted(letter.to[0][:3] for letter in sent) == ["ada", "ed@", "sam"]
    assert not cache.get(mail._RESTS)


def test_the_command_sends_what_was_left_behind_once_and_one_letter_a_person(people, posted, capsys):
    for number in range(3):
        Notice.objects.create(recipient=people["rita"], text=f"Báo {number}")
    old = Notice.objects.create(recipient=people["ed"], text="Hôm kia")
    Notice.objects.filter(pk=old.pk).update(created_at=timezone.now() - 2 * mail.STILL_NEWS)
    Notice.objects.create(recipient=people["sam"], text="Đã đọc", read_at=timezone.now())
    call_command("send_notices")
    call_command("send_notices")
    (letter,) = outbox.outbox
    assert "3 thông báo" in letter.subject
    assert "Báo 0" in letter.body
    assert "Báo 2" in letter.body
    assert capsys.readouterr().out.split("\n")[:2] == ["1 messages sent.", "0 messages sent."]
