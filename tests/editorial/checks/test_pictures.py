from datetime import timedelta

import pytest
from django.utils import timezone

from articles import days
from tests import factories
from tests.editorial.checks.looking import names, one

pytestmark = pytest.mark.django_db

WHOLE = {"caption": "Gặt lúa.", "credit": "Bùi Minh", "alt": "Ba người trên ruộng."}


def picture(**fields):
    return factories.photo_without_files(**{**WHOLE, **fields})


def body_with(photo, alt="Ba người.", caption="Gặt lúa."):
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<p>Nội dung.</p><figure class="image"><img src="{photo.url}" alt="{alt}">{words}</figure>'


@pytest.mark.parametrize("part", ["caption", "credit", "alt"])
def test_what_a_lead_photo_lacks_is_found(part):
    photo = picture(**{part: ""})
    assert names(photo=photo.pk) == {f"photo-{part}"}


@pytest.mark.parametrize("part", ["caption", "credit", "alt"])
def test_what_a_gallery_photo_lacks_is_found(part):
    gallery = [{"photo": picture().pk}, {"photo": picture(**{part: ""}).pk}]
    finding = one(f"photo-{part}", gallery=gallery)
    assert (finding.where, finding.blocks) == ("gallery", False)


def test_a_credit_at_the_end_of_the_caption_counts():
    assert names(photo=picture(caption="Gặt lúa ở Mai Châu. Ảnh: Bùi Minh", credit="").pk) == set()


def test_a_picture_of_the_body_is_known_to_the_library_by_its_file():
    assert names(body=body_with(picture(master="2023/03/zz/master.jpg"))) == set()
    finding = one("photo-credit", body=body_with(picture(master="2023/03/yy/master.jpg", credit="")))
    assert finding.where == "body"


def test_a_picture_of_the_body_has_its_own_caption_and_alternative_text():
    photo = picture(master="2023/03/zz/master.jpg")
    assert names(body=body_with(photo, caption="")) == {"photo-caption"}
    assert names(body=body_with(photo, alt="")) == {"photo-alt"}


def test_a_picture_of_the_body_that_the_library_does_not_know_has_no_credit():
    body = '<p>A</p><figure class="image"><img src="/media/x/y.jpg" alt="A"><figcaption>B</figcaption></figure>'
    assert names(body=body) == {"photo-credit"}


def test_each_kind_is_one_finding_that_names_three_photos():
    rows = [{"photo": picture(caption=f"Ảnh số {number}", alt="").pk} for number in range(5)]
    message = one("photo-alt", gallery=rows).message
    assert "“Ảnh số 0”, “Ảnh số 1”, “Ảnh số 2” (+2)" in message


def test_a_photo_may_be_shown_on_the_last_day_of_its_rights_and_not_after():
    photo = picture(rights_until=days.today())
    assert names(photo=photo.pk) == set()
    assert names(photo=photo.pk, at=timezone.now() + timedelta(days=2)) == {"photo-rights"}


def test_expired_rights_block_wherever_the_photo_stands():
    photo = picture(master="2023/03/zz/master.jpg", rights_until=days.today() - timedelta(days=1))
    for changes in ({"photo": photo.pk}, {"gallery": [{"photo": photo.pk}]}, {"body": body_with(photo)}):
        assert one("photo-rights", **changes).blocks


def test_dating_an_article_back_does_not_bring_rights_back():
    photo = picture(rights_until=factories.at("2020-01-01 00:00").date())
    assert names(photo=photo.pk, at=factories.at("2019-01-01 08:00")) == {"photo-rights"}


def test_a_photo_that_was_deleted_is_no_concern():
    assert names(photo=10**9, gallery=[{"photo": 10**9}]) == set()


def test_a_photo_made_by_ai_contradicts_an_article_without_ai():
    photo = picture(made_by_ai=True)
    assert names(photo=photo.pk) == {"ai-photo"}
    assert names(photo=photo.pk, ai_use="assisted") == set()
