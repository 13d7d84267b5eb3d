"""Photos: who changes and who deletes which, at the predicate, on the page and by direct POST."""

import pytest

from articles.editorial import permissions
from articles.models import Photo

from .conftest import is_refused
from .table import PEOPLE, PHOTO_CELLS

pytestmark = pytest.mark.django_db

PREDICATES = {"change": permissions.can_change_photo, "delete": permissions.can_delete_photo}
LIST = "/admin/articles/photo/"


@pytest.mark.parametrize(("action", "name"), PHOTO_CELLS)
def test_the_predicate_says_who_may(world, action, name):
    found = {who for who, user in world.users.items() if PREDICATES[action](user, world.photos[name])}
    assert found == PHOTO_CELLS[action, name]


@pytest.mark.parametrize(("action", "name"), PHOTO_CELLS)
def test_a_post_is_taken_from_those_and_from_nobody_else(world, action, name):
    photo, taken = world.photos[name], set()
    for who in PEOPLE:
        with world.undone() as written:
            sent = {"caption": "Chú thích khác", "focus_x": "50", "focus_y": "50", "post": "yes"}
            response = world.clients[who].post(f"{LIST}{photo.pk}/{action}/", sent)
            if is_refused(response):
                assert written == []
                assert Photo.objects.filter(pk=photo.pk, caption=photo.caption).exists()
            else:
                taken.add(who)
    assert taken == PHOTO_CELLS[action, name]
