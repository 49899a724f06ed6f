"""What Prometheus reads of grading, computed from rows and heartbeats when it asks."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest

from grader import broker as broker_client
from grader import grading, heartbeats, services
from grader.models import Submission
from grader.monitoring import tally
from grader.monitoring.collector import GradingCollector
from grader.sandbox import Sandbox
from grader.sweeper import sweep
from grader.webhooks.models import Delivery, Webhook
from tests.exposition import Exposition
from tests.grader.conftest import accepted, claim
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db

SEEN = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def settled(monkeypatch):
    """Verdicts are counted at once."""
    monkeypatch.setattr(tally, "SETTLES_S", 0.0)
    tally.read()  # what other tests stored is not counted


def read():
    registry = CollectorRegistry()
    registry.register(GradingCollector())
    return Exposition(generate_latest(registry).decode())


def grade(submission, verdict=None, *, wait_s=1.0, start_s=0.1, judge_s=2.0):
    """Store a verdict that took these times."""
    now = timezone.now()
    begun = now - timedelta(seconds=judge_s)
    claimed_at = begun - timedelta(seconds=start_s)
    Submission.objects.filter(pk=submission.pk).update(queued_at=claimed_at - timedelta(seconds=wait_s))
    grading.store_verdict(claim(submission, at=claimed_at), verdict or accepted(), started=begun)


def test_what_waits_is_told_by_queue_with_the_age_of_the_oldest(broker, make_submission):
    now = timezone.now()
    for seconds in (100, 50):
        make_submission(queued_at=now - timedelta(seconds=seconds))
    claim(make_submission())
    found = read()
    assert found["baremath_queue_length", "grade"] == 2
    assert 100 <= found["baremath_queue_oldest_seconds", "grade"] < 130
    assert (found["baremath_queue_length", "gpu"], found["baremath_queue_oldest_seconds", "gpu"]) == (0, 0)
    assert (found["baremath_submissions", "queued"], found["baremath_submissions", "running"]) == (2, 1)
    assert found["baremath_submissions_retried",] == 0


def test_torch_waits_for_the_gpu_while_a_worker_serves_it(broker, task, learner):
    def lengths():
        services.submit(user=learner, task=task, source="def f(): pass\n", backend="torch")
        found = read()
        return [found["baremath_queue_length", queue] for queue in ("grade", "regrade", "gpu")]

    assert lengths() == [1, 0, 0]
    heartbeats.beat(heartbeats.WorkerState("one", "host", 1, "", "", SEEN, queues=["gpu"]))
    assert lengths() == [1, 0, 1]


def test_runs_are_counted_in_the_broker(broker, learner, task, monkeypatch):
    sent = time.time() - 60
    monkeypatch.setattr(broker_client.time, "time", lambda: sent)
    services.run_start(user=learner, task=task, source="def f(): pass\n", backend="numpy")
    monkeypatch.undo()
    found = read()
    assert found["baremath_queue_length", "run"] == 1
    assert 60 <= found["baremath_queue_oldest_seconds", "run"] < 90


def test_a_submission_whose_worker_was_lost_is_told(broker, make_submission):
    make_submission(attempts=2)
    assert read()["baremath_submissions_retried",] == 1


def test_verdicts_are_counted_once_with_their_phases(broker, settled, make_submission):
    grade(make_submission())
    read()
    submission = make_submission(backend="torch")
    grade(submission)
    services.regrade(submission)
    grade(submission, wait_s=100)
    found = read()
    assert found["baremath_verdicts_total", "accepted", "numpy", "first"] == 1
    assert found["baremath_verdicts_total", "accepted", "torch", "first"] == 1
    assert found["baremath_verdicts_total", "accepted", "torch", "regrade"] == 1
    for phase, seconds in (("wait", 1.0), ("start", 0.1), ("judge", 2.0), ("total", 3.1)):
        assert found["baremath_grading_seconds_count", phase, "numpy", "first"] == 1
        assert found["baremath_grading_seconds_sum", phase, "numpy", "first"] == pytest.approx(seconds, abs=0.2)
    buckets = [
        found["baremath_grading_seconds_bucket", "wait", "torch", "regrade", most] for most in ("60.0", "300.0", "+Inf")
    ]
    assert buckets == [0, 1, 1]


def test_deleted_accounts_take_no_verdict_away(broker, settled, make_submission, learner):
    grade(make_submission())
    before = read()["baremath_verdicts_total", "accepted", "numpy", "first"]
    learner.delete()
    assert read()["baremath_verdicts_total", "accepted", "numpy", "first"] == before == 1


def test_a_verdict_of_this_moment_is_counted_later_not_lost(broker, settled, make_submission, monkeypatch):
    monkeypatch.setattr(tally, "SETTLES_S", 60.0)
    grade(make_submission())
    assert tally.read().verdicts == {}
    monkeypatch.setattr(tally, "SETTLES_S", 0.0)
    assert tally.read().verdicts == {"accepted numpy first": 1}


def test_two_that_ask_at_once_count_nothing_twice(broker, settled, make_submission):
    grade(make_submission())
    broker.set(f"{tally.KEY}:lock", 1)  # the other one is at it
    assert tally.read().verdicts == {}
    broker.delete(f"{tally.KEY}:lock")
    assert tally.read().verdicts == {"accepted numpy first": 1}
    assert tally.read().verdicts == {"accepted numpy first": 1}


def test_workers_are_counted_by_queue_and_by_whether_their_jail_works(broker):
    heartbeats.beat(heartbeats.WorkerState("one", "host", 1, "", "", SEEN))
    heartbeats.beat(heartbeats.WorkerState("two", "host", 2, "no jail", "", SEEN))
    found = read()
    assert (
        found["baremath_worker_processes", "grade", "ok"],
        found["baremath_worker_processes", "grade", "failed"],
    ) == (1, 1)
    assert found["baremath_worker_processes", "gpu", "ok"] == 0
    assert (found["baremath_up", "jail"], found["baremath_grading_paused",]) == (1, 0)


def test_without_a_worker_grading_is_paused(broker):
    found = read()
    assert found["baremath_grading_paused",] == 1
    assert {part: found["baremath_up", part] for part in ("database", "broker", "workers", "jail")} == {
        "database": 1,
        "broker": 1,
        "workers": 0,
        "jail": 0,
    }


def test_what_the_sandboxes_did_is_told_by_process(broker):
    numpy = Sandbox("numpy")
    numpy.metrics.canaries.count("network", 0.004, succeeded=True)
    numpy.metrics.canaries.failed, numpy.metrics.crashes, numpy.metrics.errors = 2, 3, 4
    numpy.metrics.ends["completed"] = 5
    heartbeats.beat(heartbeats.WorkerState("one", "host", 7, "", "", SEEN, sandboxes=[numpy.snapshot()]))
    found, process = read(), ("host/7", "numpy")
    assert found["baremath_sandbox_programs_total", *process, "completed"] == 5
    assert found["baremath_sandbox_crashes_total", *process] == 3
    assert found["baremath_sandbox_errors_total", *process] == 4
    assert found["baremath_sandbox_canaries_total", *process] == 1
    assert found["baremath_sandbox_canaries_could_not_run_total", *process] == 2
    assert found["baremath_sandbox_breaches", *process] == 1
    assert found["baremath_sandbox_parked", *process] == 0
    assert found["baremath_sandbox_canary_timestamp_seconds", *process] == pytest.approx(time.time(), abs=60)


def test_the_sweeper_s_last_pass_and_open_streams_are_told(broker):
    assert "baremath_sweeper_last_pass_timestamp_seconds" not in read().names
    sweep()
    with broker.pubsub() as listener:
        listener.subscribe("grader:events:submission:one", "something else")
        listener.get_message(timeout=5)
        found = read()
    assert found["baremath_sweeper_last_pass_timestamp_seconds",] == pytest.approx(time.time(), abs=60)
    assert found["baremath_event_streams",] == 1


def test_deliveries_that_are_late_are_told(broker, learner):
    webhook = Webhook.objects.create(user=learner, url="https://example.org/", origin="", secret="x")
    now = timezone.now()
    for seconds in (-600, 600):
        due = now + timedelta(seconds=seconds)
        Delivery.objects.create(webhook=webhook, event="ping", data={}, occurred=now, next_attempt=due)
    found = read()
    assert found["baremath_webhook_deliveries_pending",] == 2
    assert 600 <= found["baremath_webhook_overdue_seconds",] < 630


def test_a_broker_that_is_away_leaves_the_rest(settings, make_submission):
    settings.REDIS_URL = NO_BROKER
    make_submission()
    found = read()
    assert (found["baremath_up", "broker"], found["baremath_up", "database"]) == (0, 1)
    assert found["baremath_queue_length", "grade"] == 1
    assert found["baremath_queue_length", "run"] is None


def test_a_scrape_asks_the_same_few_questions_however_many_rows_there_are(broker, settled, make_submission):
    def questions():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            read()
        return len(asked)

    few = questions()
    for _ in range(20):
        make_submission()
        grade(make_submission())
    assert questions() == few <= 6
