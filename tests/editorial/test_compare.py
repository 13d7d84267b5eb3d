import pytest

from articles.editorial import compare
from articles.editorial.compare import IN, OUT, SAME
from articles.models import Revision
from tests import factories


def body(*paragraphs):
    return "\n".join(f"<p>{text}</p>" for text in paragraphs)


def test_words_are_compared_within_a_sentence():
    found = compare.words("Cầu dài 300 mét.", "Cầu dài 330 mét.")
    assert found == [(SAME, "Cầu dài "), (OUT, "300"), (IN, "330"), (SAME, " mét.")]


def test_nothing_of_either_side_is_left_out():
    old, new = "Sáng nay, huyện họp bàn về  lúa.", "Chiều nay huyện họp, bàn về ngô."
    found = compare.words(old, new)
    assert "".join(text for kind, text in found if kind != IN) == old
    assert "".join(text for kind, text in found if kind != OUT) == new


def test_a_rewritten_paragraph_is_one_and_a_new_one_is_another():
    old = body("Đoạn đầu giữ nguyên.", "Huyện họp bàn về lúa vào sáng nay.", "Cuối.")
    new = body("Đoạn đầu giữ nguyên.", "Hoàn toàn mới.", "Huyện họp bàn về ngô vào sáng nay.", "Cuối.")
    kinds = [(one.kind, one.pieces[0][0]) for one in compare.paragraphs(old, new)]
    assert kinds == [(SAME, SAME), (IN, IN), (SAME, SAME), (SAME, SAME)]


def test_a_paragraph_that_went_is_shown_where_it_stood():
    found = compare.paragraphs(body("A một.", "B hai.", "C ba."), body("A một.", "C ba."))
    assert [one.kind for one in found] == [SAME, OUT, SAME]


def test_pictures_that_came_and_went_are_named():
    one, two = (
        '<p><img src="/media/a.jpg" alt=""> Ảnh cầu mới xây</p>',
        '<p><img src="/media/b.jpg" alt=""> Ảnh cầu mới xây</p>',
    )
    (paragraph,) = compare.paragraphs(one, two)
    assert paragraph.pictures == [(OUT, "/media/a.jpg"), (IN, "/media/b.jpg")]


@pytest.mark.django_db
def test_the_lead_photo_is_shown_beside_its_words():
    one, two = (factories.photo_without_files(caption=name) for name in ("Cầu cũ", "Cầu mới"))
    (change,) = compare.differences({"photo": one.pk}, {"photo": two.pk})
    assert (change.before, change.after) == (["Cầu cũ"], ["Cầu mới"])
    assert change.pictures == [(OUT, one.thumbnail), (IN, two.thumbnail)]


def test_a_paragraph_belongs_to_who_last_wrote_it():
    def version(number, *paragraphs):
        return Revision(number=number, document={"body": body(*paragraphs)})

    first, second = version(1, "Một.", "Hai."), version(2, "Một.", "Chen.", "Hai.")
    third = version(3, "Một.", "Chen.", "Hai, sửa.")
    owners = [(compare.text_of(block), owner.number) for block, owner in compare.authorship([first, second, third])]
    assert owners == [("Một.", 1), ("Chen.", 2), ("Hai, sửa.", 3)]
