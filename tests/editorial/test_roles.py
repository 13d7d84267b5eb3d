"""The groups of the newsroom, made by `migrate`; what an administrator changed stays."""

import pytest
from django.contrib.auth.models import Group, Permission

from articles.editorial import roles

pytestmark = pytest.mark.django_db


def rights(role):
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


def test_migrating_an_empty_database_makes_the_seven_roles():
    """The tests' own database began empty and was made by `migrate`."""
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.PERMISSIONS)
    assert len(roles.PERMISSIONS) == 7


@pytest.mark.parametrize("role", roles.PERMISSIONS)
def test_each_role_holds_exactly_the_rights_it_names(role):
    assert rights(role) == set(roles.PERMISSIONS[role])


def test_an_editor_who_could_publish_before_an_update_still_can():
    """Until 0.2 editors published; a paper that works like that is not told otherwise by `migrate`."""
    editors = Group.objects.get(name=roles.EDITOR)
    editors.permissions.add(Permission.objects.get(codename="publish_article"))
    roles.create_missing()
    assert rights(roles.EDITOR) == {*roles.PERMISSIONS[roles.EDITOR], "publish_article"}


def test_what_the_administrator_took_away_stays_away():
    Group.objects.get(name=roles.REPORTER).permissions.clear()
    roles.create_missing()
    assert rights(roles.REPORTER) == set()


def test_a_role_that_is_gone_is_made_again():
    Group.objects.filter(name=roles.EDITOR).delete()
    roles.create_missing()
    assert rights(roles.EDITOR) == set(roles.PERMISSIONS[roles.EDITOR])


def test_a_right_that_a_release_brings_reaches_the_roles_that_exist():
    Permission.objects.get(codename="add_placement").delete()
    roles.create_missing()
    assert "add_placement" in rights(roles.EDITOR)
    assert "add_placement" not in rights(roles.REPORTER)
