"""From a verdict to its delivery: queued with it, sent once, again where that failed, and forgotten in the end."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from grader import grading
from grader.models import GradingRun
from grader.sweeper import sweep
from grader.webhooks import services
from grader.webhooks.delivering import Deliverer, deliver_next
from grader.webhooks.models import CUT_OFF, Attempt, Delivery
from grader.webhooks.services import MOST_TRIES, RETRY_AFTER_S, claim_next, queue_ping
from tests.grader.conftest import accepted, claim
from tests.grader.webhooks.conftest import make_webhook

pytestmark = pytest.mark.django_db


def store(submission):
    return grading.store_verdict(claim(submission), accepted(), started=timezone.now())


def make_due():
    Delivery.objects.update(next_attempt=timezone.now())


# --- queued ----------------------------------------------------------------------------------------------------------


def test_a_verdict_is_told_to_each_webhook_that_listens(webhook, learner, other_learner, submission, receiver, broker):
    make_webhook(learner, is_active=False)
    make_webhook(learner, events=[])
    make_webhook(other_learner)
    run = store(submission)
    delivery = Delivery.objects.get()
    assert delivery.webhook == webhook
    assert deliver_next(webhook.pk)
    body = json.loads(receiver.received[0][2])
    assert body == {
        "type": "submission.graded",
        "timestamp": run.finished.isoformat().replace("+00:00", "Z"),
        "data": {
            "id": str(submission.pk),
            "task": "mean-squared-error",
            "backend": "numpy",
            "status": "graded",
            "verdict": "accepted",
            "score": 4.0,
            "max_score": 4.0,
            "url": f"https://baremath.example/api/v1/submissions/{submission.pk}/",
        },
    }
    assert receiver.received[0][1]["webhook-id"] == str(delivery.pk)


def test_a_verdict_that_is_dropped_is_not_told(webhook, submission, broker):
    lost = claim(submission)
    grading.give_back(lost)
    assert grading.store_verdict(lost, accepted(), started=timezone.now()) is None
    assert not Delivery.objects.exists()


def test_a_webhook_that_goes_with_the_verdict_does_not_take_it_along(webhook, submission, broker):
    claimed = claim(submission)
    with transaction.atomic():
        run = grading.store_verdict(claimed, accepted(), started=timezone.now())
        type(webhook).objects.filter(pk=webhook.pk)._raw_delete("default")
    assert GradingRun.objects.get() == run
    assert services.selectors.due_webhooks(timezone.now()) == []


def test_who_has_no_webhook_costs_one_query_more_and_where_they_are_off_none(
    submission, make_submission, settings, broker, django_assert_num_queries
):
    queries = 5  # savepoint, run, webhooks, claim, release
    settings.WEBHOOKS = False
    first, second = claim(submission), claim(make_submission())
    with django_assert_num_queries(queries - 1):
        grading.store_verdict(first, accepted(), started=None)
    settings.WEBHOOKS = True
    with django_assert_num_queries(queries):
        grading.store_verdict(second, accepted(), started=None)


# --- sent ------------------------------------------------------------------------------------------------------------


def test_what_has_arrived_is_not_sent_again(webhook, receiver):
    delivery = queue_ping(webhook)
    assert deliver_next(webhook.pk)
    make_due()
    assert not deliver_next(webhook.pk)
    delivery.refresh_from_db()
    attempt = delivery.attempts.get()
    assert (delivery.status, len(receiver.received)) == ("delivered", 1)
    assert (attempt.status_code, attempt.error, attempt.ms is None) == (204, "", False)


def test_what_fails_is_sent_again_later_and_later_and_fails_in_the_end(webhook, receiver):
    receiver.status = 500
    delivery = queue_ping(webhook)
    pauses = []
    for _ in range(MOST_TRIES):
        make_due()
        assert not deliver_next(webhook.pk)
        assert not deliver_next(webhook.pk)  # not due yet
        delivery.refresh_from_db()
        last = delivery.attempts.last()
        pauses.append(delivery.next_attempt and (delivery.next_attempt - last.at).total_seconds())
    assert pauses == [*RETRY_AFTER_S, None]
    assert [attempt.status_code for attempt in delivery.attempts.all()] == [500] * MOST_TRIES
    assert (delivery.status, len(receiver.received)) == ("failed", MOST_TRIES)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.received}) == 1
    assert len({body for _, _, body in receiver.received}) == 1


def test_an_attempt_belongs_to_one_sweeper(webhook, receiver):
    queue_ping(webhook)
    assert claim_next(webhook.pk) is not None
    assert claim_next(webhook.pk) is None
    assert not deliver_next(webhook.pk)
    assert receiver.received == []


def test_a_row_that_another_sweeper_claimed_after_it_was_read_is_left_alone(webhook):
    queue_ping(webhook)

    def claim_before_the_update(execute, sql, params, many, context):
        if sql.startswith("UPDATE"):
            wrapped.__exit__(None, None, None)
            assert claim_next(webhook.pk) is not None
        return execute(sql, params, many, context)

    wrapped = connection.execute_wrapper(claim_before_the_update)
    wrapped.__enter__()
    assert claim_next(webhook.pk) is None
    assert Attempt.objects.count() == 1


def test_an_attempt_that_was_cut_off_is_remembered_and_made_again(webhook, receiver):
    delivery = queue_ping(webhook)
    claim_next(webhook.pk)  # and the sweeper is killed
    assert delivery.attempts.get().error == CUT_OFF
    make_due()
    assert deliver_next(webhook.pk)
    assert [attempt.error for attempt in delivery.attempts.all()] == [CUT_OFF, ""]


def test_a_last_attempt_that_was_cut_off_has_failed(webhook):
    delivery = queue_ping(webhook)
    Delivery.objects.update(tries=MOST_TRIES - 1)
    claim_next(webhook.pk)
    assert services.give_up_cut_off() == 0
    make_due()
    assert services.give_up_cut_off() == 1
    delivery.refresh_from_db()
    assert (delivery.status, delivery.next_attempt) == ("failed", None)


def test_what_waits_for_a_webhook_that_is_off_goes_on_waiting(webhook, receiver):
    queue_ping(webhook)
    services.webhook_change(webhook, is_active=False)
    assert not deliver_next(webhook.pk)
    services.webhook_change(webhook, is_active=True)
    assert deliver_next(webhook.pk)


def test_old_deliveries_are_forgotten(webhook, broker):
    old, new = queue_ping(webhook), queue_ping(webhook)
    claim_next(webhook.pk)
    Delivery.objects.filter(pk=old.pk).update(created=timezone.now() - timedelta(days=30, minutes=1))
    sweep()
    assert Delivery.objects.get() == new
    assert not Attempt.objects.filter(delivery=old.pk).exists()


def test_a_sweeper_with_a_wrong_clock_forgets_no_delivery(webhook, broker, monkeypatch):
    queue_ping(webhook)
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + timedelta(days=60))
    sweep()
    assert Delivery.objects.count() == 1


def test_while_webhooks_are_off_nothing_is_sent(webhook, receiver, settings):
    """What is sent in threads is tested with a real sweeper, tests/system/test_webhooks.py."""
    queue_ping(webhook)
    settings.WEBHOOKS = False
    deliverer = Deliverer()
    deliverer.start_due()
    deliverer.finish()
    assert receiver.received == []
