"""What a reader gets through the page cache."""

import pytest

from articles import outbox
from articles.editorial import transitions
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


def test_a_page_that_was_read_is_answered_without_django(reader):
    factories.published()
    first, again = reader.get("/"), reader.get("/")
    assert (first.how, again.how) == ("miss", "hit")
    assert first.body == again.body
    assert reader.django.asked == ["/"]


def test_what_is_published_is_there_at_the_next_read(reader):
    factories.published(title="Tin cũ")
    reader.get("/kinh-te/")
    factories.published(title="Tin vừa đăng")
    page = reader.get("/kinh-te/")
    assert page.how == "miss"
    assert "Tin vừa đăng" in page.text


def test_what_was_withdrawn_is_gone_at_the_next_read(reader):
    article = factories.published(title="Tin rút")
    reader.get("/")
    assert reader.get(article.get_absolute_url()).status == 200
    transitions.withdraw(article)
    assert "Tin rút" not in reader.get("/").text
    assert reader.get(article.get_absolute_url()).status == 410


def test_a_search_that_was_asked_before_the_index_was_ready_is_asked_again(reader):
    article = factories.draft(title="Lòng hồ sông Đà")
    reader.get("/tim-kiem/?q=long+ho")
    transitions.publish(article)
    reader.get("/tim-kiem/?q=long+ho")  # between the commit and the index
    outbox.run_due()
    assert article.get_absolute_url() in reader.get("/tim-kiem/?q=long+ho").text
