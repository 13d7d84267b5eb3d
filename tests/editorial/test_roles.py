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


def test_what_the_administrator_took_away_stays_away():
    Group.objects.get(name=roles.REPORTER).permissions.clear()
    roles.create_missing()
    assert rights(roles.REPORTER) == set()


def test_a_role_that_is_gone_is_made_again():
    Group.objects.filter(name=roles.EDITOR).delete()
    roles.create_missing()
    assert "edit_article" in rights(roles.EDITOR)


def test_a_right_that_a_release_brings_reaches_the_roles_that_exist():
    Permission.objects.get(codename="add_placement").delete()
    roles.create_missing()
    assert "add_placement" in rights(roles.EDITOR)
    assert "add_placement" not in rights(roles.REPORTER)
