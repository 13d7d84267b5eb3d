"""The panel of an article's form becomes true by itself while the form is open."""

import pytest
from django.utils import timezone

from articles import outbox
from articles.editorial import transitions
from tests import base, factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_panel_says_when_readers_see_it_without_a_reload(signed_in, settings):
    settings.RECEIPTS = True
    article = factories.complete(photo=factories.photo(credit="Bùi Minh", alt="Cầu."))
    transitions.publish(article, base.person("chris"), at=timezone.now())
    page = signed_in("chris")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    assert "đang kiểm tra…" in page.inner_text("#receipt")
    outbox.run_due()
    page.wait_for_selector("#receipt .receipt-step:not([data-pending])")
    assert "mọi nơi từ" in page.inner_text("#receipt")
