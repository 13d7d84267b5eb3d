import pytest
from django.db import IntegrityError, transaction

from articles.models import Author, Byline
from tests import factories

pytestmark = pytest.mark.django_db


def test_two_people_of_one_name_have_two_addresses():
    slugs = [Author.objects.create(name="Nguyễn Văn An").slug for _ in range(3)]
    assert slugs == ["nguyen-van-an", "nguyen-van-an-2", "nguyen-van-an-3"]


def test_names_that_begin_alike_do_not_take_each_others_address():
    Author.objects.create(name="Nguyễn Văn Anh")
    assert Author.objects.create(name="Nguyễn Văn An").slug == "nguyen-van-an"


def test_a_name_without_letters_still_has_an_address():
    assert Author.objects.create(name="★").slug == "tac-gia"


def test_a_byline_names_somebody():
    article = factories.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Byline.objects.bulk_create([Byline(article=article)])


def test_a_byline_without_author_reads_as_printed_without_its_full_stop():
    assert Byline(as_printed="P.V.").name == "P.V"


def test_a_byline_of_an_author_reads_as_the_pen_name():
    byline = factories.signed(factories.draft(), "Đinh Thắng", as_printed="Đinh Thắng.")
    assert str(byline) == "Đinh Thắng"


def test_an_author_with_articles_cannot_be_deleted():
    byline = factories.signed(factories.draft())
    with pytest.raises(IntegrityError), transaction.atomic():
        byline.author.delete()
