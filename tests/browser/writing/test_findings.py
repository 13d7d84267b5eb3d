"""What the checks find on the form leads to its box, also where something else stands in the box's place."""

import pytest

from tests import factories
from tests.browser.waiting import editor_ready, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = "document.activeElement.id || document.activeElement.className"


def test_a_finding_leads_to_its_box(signed_in):
    article = factories.draft(lede="", body='<p>Lợi nhuận cao .</p><p><a href="http://10.0.0.1/">Số liệu</a></p>')
    page = signed_in("chris")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    for where, focused in (("#id_lede", "id_lede"), ("#id_body", "cke_wysiwyg_frame")):
        page.click(f'.checks a[href="{where}"] >> nth=0')
        until(page, f"({FOCUSED}).includes('{focused}')")
    page.click('.checks a[href="#bylines-group"]')
    assert page.evaluate("document.getElementById('bylines-group').getBoundingClientRect().top < innerHeight")
