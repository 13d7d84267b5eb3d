import pytest

from articles import importers
from articles.models import Photo
from tests.factories import picture_bytes

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html><head><title>Chợ phiên Mường Kha</title></head><body><article>
<h1>Chợ phiên Mường Kha họp sớm ngày cuối năm</h1>
<p>Từ bốn giờ sáng, người bán đã thắp đèn pin dọc con dốc vào chợ phiên Mường Kha để giữ chỗ bày hàng.</p>
<figure><img src="cho/dau.jpg"><figcaption>Chợ lúc rạng sáng. (Ảnh: Hà Thu)</figcaption></figure>
<p>Đoạn thứ nhất kể về những người bán rau đi bộ hơn mười cây số, gùi nặng trên lưng, đèn pin buộc trên trán.</p>
<figure><img src="cho/rau.jpg"><figcaption>Hàng rau ở đầu chợ.</figcaption></figure>
<p>Đoạn thứ hai kể về dãy hàng vải, nơi các chị người Thái ngồi thêu trong lúc chờ khách, tay không rời kim chỉ.</p>
</article></body></html>""".encode()


def _save(folder, names):
    (folder / "cho").mkdir()
    for name in names:
        (folder / "cho" / name).write_bytes(picture_bytes())
    return importers.save(importers.parse(PAGE), PAGE, "cho.html", folder=folder).article


def test_a_picture_inside_the_text_stands_where_it_stood(tmp_path):
    body = _save(tmp_path, ["dau.jpg", "rau.jpg"]).body
    assert body.index("thứ nhất") < body.index("<figcaption>Hàng rau ở đầu chợ.</figcaption>") < body.index("thứ hai")


def test_the_picture_inside_the_text_is_a_photo_of_ours(tmp_path):
    article = _save(tmp_path, ["dau.jpg", "rau.jpg"])
    photo = Photo.objects.exclude(pk=article.photo_id).get()
    assert f'<img src="{photo.url}"' in article.body
    assert "data-" not in article.body


def test_the_lead_photo_is_not_repeated_in_the_text(tmp_path):
    article = _save(tmp_path, ["dau.jpg", "rau.jpg"])
    assert article.body.count("<figure") == 1
    assert (article.photo.caption, article.photo.credit) == ("Chợ lúc rạng sáng.", "Hà Thu")


def test_a_picture_that_is_not_at_hand_leaves_the_text_as_it_was(tmp_path):
    assert "<figure" not in _save(tmp_path, []).body
