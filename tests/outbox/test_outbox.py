"""What is owed is done once the change is committed, never before, and not given up after an error."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles import outbox
from articles.models import Effect
from articles.models.effect import STUCK_AFTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(doing):
    """What the handler of "test" was given, in order."""
    calls = []
    doing(lambda key, payload: calls.append((key, payload)))
    return calls


def owed():
    return list(Effect.objects.filter(done_at__isnull=True).order_by("pk"))


def fail(key, payload):
    raise ConnectionError("The cache in front is down.")


def refuse(key, payload):
    raise outbox.NotYet("The page is not there yet.")


def test_it_is_done_right_after_the_commit_and_not_before(done, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        outbox.owe("test", "article-1", {"hard": True})
        assert done == []
    assert done == [("article-1", {"hard": True})]
    assert owed() == []
    assert outbox.run_due() == 0


@pytest.mark.django_db(transaction=True)
def test_nothing_is_owed_for_a_change_that_was_taken_back(done):
    with transaction.atomic():
        outbox.owe("test", "article-1")
        transaction.set_rollback(True)
    assert (done, owed()) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_it_is_done_at_once(done):
    outbox.owe("test", "article-1")
    assert done == [("article-1", {})]


def test_what_is_due_later_waits_for_its_time(done, clock, django_capture_on_commit_callbacks):
    later = timezone.now() + timedelta(hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.owe("test", "article-1", due_at=later)
    assert outbox.run_due() == 0
    clock(later)
    assert outbox.run_due() == 1
    assert len(done) == 1


def test_what_is_slow_is_left_to_the_thread(doing, django_capture_on_commit_callbacks):
    calls = []
    doing(lambda key, payload: calls.append(key), is_slow=True)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.owe("test", "1")
    assert calls == []
    assert outbox.run_due() == 1
    assert calls == ["1"]


def test_nobody_owes_what_nobody_does():
    with pytest.raises(LookupError):
        outbox.owe("unheard of", "1")


# One key, several owings


def test_of_one_key_the_newest_state_is_done_once(done, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for step in (1, 2):
            outbox.owe("test", "article-1", {"step": step})
        outbox.owe("test", "article-2", {"step": 3})
    assert done == [("article-1", {"step": 2}), ("article-2", {"step": 3})]


def test_a_kind_says_how_two_payloads_become_one(doing, django_capture_on_commit_callbacks):
    calls = []
    merge = lambda old, new: {"tags": sorted({*old["tags"], *new["tags"]})}  # noqa: E731 (as a kind would give it)
    doing(lambda key, payload: calls.append(payload), merge=merge)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.owe("test", "all", {"tags": ["front", "article-1"]})
        outbox.owe("test", "all", {"tags": ["article-2"]})
    assert calls == [{"tags": ["article-1", "article-2", "front"]}]


def test_one_that_somebody_is_at_is_not_touched(doing):
    doing(lambda key, payload: outbox.owe("test", "1", {"step": 2}) if payload["step"] == 1 else None)
    first = outbox.owe("test", "1", {"step": 1})
    assert outbox.do(first.pk, "test")
    assert [effect.payload for effect in owed()] == [{"step": 2}]
    assert Effect.objects.get(pk=first.pk).payload == {"step": 1}


def test_a_later_time_replaces_the_earlier_one(done):
    later = timezone.now() + timedelta(hours=1)
    outbox.owe("test", "1", due_at=later)
    outbox.owe("test", "1", due_at=later + timedelta(hours=1))
    assert [effect.due_at for effect in owed()] == [later + timedelta(hours=1)]


def test_what_failed_is_tried_at_once_when_it_is_owed_anew(doing, done):
    doing(fail)
    outbox.owe("test", "1")
    outbox.run_due()
    doing(lambda key, payload: done.append(key))
    outbox.owe("test", "1")
    assert outbox.run_due() == 1
    assert done == ["1"]


def test_owing_costs_a_look_and_a_row(done, django_assert_num_queries):
    with django_assert_num_queries(2):
        outbox.owe("test", "1")
    with django_assert_num_queries(2):
        outbox.owe("test", "1")


def test_doing_costs_three_statements(done, django_assert_num_queries):
    effect = outbox.owe("test", "1")
    with django_assert_num_queries(3):  # lease, what is to be done, done
        assert outbox.do(effect.pk, "test")


# Errors


def test_an_error_never_reaches_the_request_and_is_written_down(doing, caplog, django_capture_on_commit_callbacks):
    doing(fail)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.owe("test", "1")
    (effect,) = owed()
    assert (effect.attempts, effect.last_error) == (1, "ConnectionError: The cache in front is down.")
    assert effect.leased_until is None
    assert "test 1 (attempt 1)" in caplog.text


def test_what_is_only_not_there_yet_is_no_warning(doing, caplog):
    doing(refuse)
    outbox.owe("test", "1")
    with caplog.at_level(logging.INFO):
        assert outbox.run_due() == 0
    assert owed()[0].last_error == "The page is not there yet."
    assert caplog.records == []


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 2), (1, 4), (4, 32), (11, 3600), (40, 3600)])
def test_the_waits_double_up_to_an_hour(doing, clock, attempts, seconds):
    doing(fail)
    effect = outbox.owe("test", "1")
    Effect.objects.update(attempts=attempts)
    now = timezone.now()
    clock(now)
    outbox.do(effect.pk, "test")
    assert owed()[0].due_at == now + timedelta(seconds=seconds)


def test_it_comes_right_when_the_world_does(doing, clock, done):
    doing(fail)
    effect = outbox.owe("test", "1")
    outbox.run_due()
    doing(lambda key, payload: done.append(key))
    assert outbox.run_due() == 0  # not due yet
    clock(timezone.now() + timedelta(seconds=2))
    assert outbox.run_due() == 1
    effect.refresh_from_db()
    assert (effect.attempts, effect.last_error) == (2, "")


def test_one_that_fails_holds_nobody_up(doing):
    calls = []
    doing(lambda key, payload: fail(key, payload) if key == "bad" else calls.append(key))
    for key in ("bad", "good"):
        outbox.owe("test", key)
    assert outbox.run_due() == 1
    assert calls == ["good"]


def test_a_kind_that_no_code_does_any_more_stays_owed():
    Effect.objects.create(kind="of a later release", key="1")
    assert outbox.run_due() == 0
    assert owed()[0].last_error.startswith("KeyError")


def test_what_failed_often_is_shown_and_still_tried(done):
    Effect.objects.create(kind="test", key="1", attempts=STUCK_AFTER, last_error="Down.", due_at=timezone.now())
    later = timezone.now() + timedelta(hours=1)
    Effect.objects.create(kind="test", key="2", attempts=STUCK_AFTER, last_error="Down.", due_at=later)
    Effect.objects.create(kind="test", key="3", attempts=STUCK_AFTER - 1, due_at=later)
    assert [effect.key for effect in Effect.objects.stuck()] == ["1", "2"]
    out, err = StringIO(), StringIO()
    call_command("run_effects", once=True, stdout=out, stderr=err)
    assert [key for key, _payload in done] == ["1"]
    assert "test 2: Down." in err.getvalue()
    assert "1" in out.getvalue()


# Leases and what is kept


def test_a_killed_worker_holds_an_effect_only_for_its_lease(doing, clock, done):
    def killed(key, payload):
        raise SystemExit  # as a worker that its server ends; nothing is written down afterwards

    doing(killed, lease=60)
    effect = outbox.owe("test", "1")
    with pytest.raises(SystemExit):
        outbox.do(effect.pk, "test")
    doing(lambda key, payload: done.append(key), lease=60)
    began = timezone.now()
    clock(began + timedelta(seconds=59))
    assert outbox.run_due() == 0
    clock(began + timedelta(seconds=61))
    assert outbox.run_due() == 1
    assert done == ["1"]


def test_one_whose_lease_ran_out_does_not_write_over_the_next(doing, clock):
    def slow(key, payload):
        """While it dawdles, its lease runs out and another takes it."""
        clock(timezone.now() + timedelta(seconds=31))
        Effect.objects.update(leased_until=timezone.now() + timedelta(seconds=30))

    doing(slow)
    outbox.owe("test", "1")
    outbox.run_due()
    (effect,) = owed()
    assert effect.leased_until > timezone.now()


def test_what_was_done_is_forgotten_after_some_days_and_what_is_owed_never():
    now = timezone.now()
    Effect.objects.create(kind="test", key="old", done_at=now - outbox.KEPT - timedelta(seconds=1))
    Effect.objects.create(kind="test", key="new", done_at=now - outbox.KEPT + timedelta(minutes=1))
    Effect.objects.create(kind="test", key="owed", created_at=now - timedelta(days=400), due_at=now)
    assert outbox.prune() == 1
    assert sorted(Effect.objects.values_list("key", flat=True)) == ["new", "owed"]
