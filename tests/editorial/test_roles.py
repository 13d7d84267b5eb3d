"""The groups of the newsroom, made by `migrate`; what an administrator changed stays."""

import pytest
from django.contrib.auth.models import Group, Permission

from articles.editorial import roles

pytestmark = pytest.mark.django_db


def rights(role):
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


@pytest.mark.parametrize("role", roles.PERMISSIONS)
def test_every_right_that_a_role_names_exists(role):
    assert rights(role) == set(roles.PERMISSIONS[role])


def test_a_right_that_an_administrator_took_away_stays_away():
    group = Group.objects.get(name="editor")
    group.permissions.remove(Permission.objects.get(codename="delete_photo"))
    roles.create_missing()
    assert "delete_photo" not in rights("editor")


def test_a_right_that_a_release_brings_reaches_the_groups_that_exist():
    Permission.objects.get(codename="add_placement").delete()
    roles.create_missing()
    assert "add_placement" in rights("editor")
    assert "add_placement" not in rights("reporter")
