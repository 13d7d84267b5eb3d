import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType

from articles.editorial import permissions
from articles.models import Article, GalleryPhoto, StaticPage
from tests import base, factories

pytestmark = pytest.mark.django_db

PEOPLE = ["rita", "ed", "chris", "stranger", "nobody's clerk"]
STATES = {"draft": factories.draft, "published": factories.published, "withdrawn": factories.withdrawn}


def somebody(name):
    if name == "stranger":
        return AnonymousUser()
    if name == "nobody's clerk":
        return get_user_model().objects.create_user(name, is_staff=True)
    return base.person(name)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_rules_of_a_row_and_of_a_set_agree(name):
    user = somebody(name)
    for owner in (None, base.person("rita"), base.person("ed")):
        for made in (*STATES.values(), factories.scheduled):
            made(created_by=owner)
    by_row = {article.pk for article in Article.objects.all() if permissions.can_see(user, article)}
    assert set(permissions.visible_to(user).values_list("pk", flat=True)) == by_row


@pytest.mark.parametrize(
    ("name", "owner", "state", "see", "change", "delete"),
    [
        ("rita", "rita", "draft", True, True, False),
        ("rita", "ed", "draft", False, False, False),
        ("rita", "rita", "published", True, False, False),
        ("rita", "ed", "published", True, False, False),
        ("rita", "rita", "withdrawn", True, False, False),
        ("ed", "rita", "draft", True, True, True),
        ("ed", "rita", "published", True, True, False),
        ("chris", "rita", "withdrawn", True, True, False),
        ("stranger", "ed", "published", False, False, False),
        ("nobody's clerk", "ed", "published", False, False, False),
    ],
)
def test_who_may_do_what(name, owner, state, see, change, delete):
    user, article = somebody(name), STATES[state](created_by=base.person(owner))
    found = (permissions.can_see(user, article), permissions.can_change(user, article))
    assert (*found, permissions.can_delete(user, article)) == (see, change, delete)


@pytest.mark.parametrize(("name", "may"), [("rita", False), ("ed", False), ("sam", True), ("chris", True)])
def test_who_may_publish(name, may):
    assert permissions.can_publish(somebody(name)) is may


def test_the_desk_has_no_shortcut_that_tells_the_address_of_a_draft(desk):
    secret = factories.draft(title="Mật", created_by=base.person("ed"))
    kind = ContentType.objects.get_for_model(secret)
    assert desk("rita").get(f"/admin/r/{kind.pk}/{secret.pk}/").status_code == 404


def picture(photo):
    return f'<figure class="image"><img src="{photo.url}" alt=""></figure>'


SHOWN = {
    "gallery": lambda photo: GalleryPhoto.objects.create(article=factories.published(), photo=photo),
    "topic": lambda photo: factories.topic("Hồ", photo=photo),
    "live update": lambda photo: factories.live_update(factories.published(), body=picture(photo)),
    "English version": lambda photo: factories.english(factories.published(), body=picture(photo)),
    "page": lambda photo: StaticPage.objects.create(title="Tòa soạn", body=picture(photo)),
}


@pytest.mark.parametrize("place", SHOWN)
def test_a_photo_that_readers_saw_anywhere_is_neither_deleted_nor_changed_by_its_reporter(place):
    rita = base.person("rita")
    photo = factories.photo_without_files(created_by=rita)
    GalleryPhoto.objects.create(article=factories.draft(), photo=photo)
    assert permissions.can_change_photo(rita, photo)
    SHOWN[place](photo)
    assert not permissions.can_change_photo(rita, photo)
    assert not permissions.can_delete_photo(base.person("chris"), photo)
