"""What readers write and what the desk is mailed is plain text: of a hostile word nothing becomes an element."""

import lxml.html
import pytest
from django.core import mail

from articles.editorial import transitions
from articles.models import Comment
from tests import base, factories

from . import oracle, vectors

pytestmark = pytest.mark.django_db
SOME = [one for one in vectors.every() if len(one) <= 1000 and one.isprintable() and one.strip()][::4]
AT_ONCE = 100  # comments on a page
WORDS_OF_DJANGO = "<script {'src': '/admin/jsi18n/'}>"  # ours, at an address of its own
PARTS_OF_A_COMMENT = {"li", "p", "b", "time", "div", "br"}


def squeezed(text):
    return "".join(text.split())


def test_of_every_comment_nothing_becomes_an_element(stranger, desk):
    article = factories.published(category=factories.section("Bạn đọc", has_comments=True))
    for start in range(0, len(SOME), AT_ONCE):
        Comment.objects.all().delete()
        made = [factories.comment(article, name=one[:40], text=one) for one in SOME[start : start + AT_ONCE]]
        html = stranger.get(article.get_absolute_url()).content.decode()
        assert oracle.faults(html) == []
        shown = lxml.html.fromstring(html).find_class("comment")
        assert {element.tag for one in shown for element in one.iter()} <= PARTS_OF_A_COMMENT
        assert [squeezed(one.find_class("comment-text")[0].text_content()) for one in shown] == [
            squeezed(one.text) for one in made
        ]
        queue = desk("ed").get("/admin/articles/comment/?state=shown").content.decode()
        assert oracle.faults(queue) == [WORDS_OF_DJANGO]


def test_a_letter_with_a_hostile_title_is_plain_text_and_nothing_else(settings, django_capture_on_commit_callbacks):
    settings.NOTICES_BY_MAIL = True
    rita, ed = base.person("rita"), base.person("ed")
    type(ed).objects.filter(pk=ed.pk).update(email="ed@baomau.vn")
    titles = [f"Tin {one}"[:120] for one in SOME[::6][:40]]
    for title in titles:
        with django_capture_on_commit_callbacks(execute=True):
            transitions.submit(factories.draft(title=title, created_by=rita), rita)
    assert len(mail.outbox) == len(titles) >= 30
    for letter in mail.outbox:
        message = letter.message()
        assert (message.get_content_type(), message.is_multipart()) == ("text/plain", False)
        assert "\n" not in letter.subject
        assert letter.recipients() == ["ed@baomau.vn"]
    assert any("<" in letter.subject for letter in mail.outbox)  # as it was typed: nobody reads it as HTML
