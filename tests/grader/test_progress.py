"""How far a grading is, and how long one waits."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from grader import estimates, grading, heartbeats, jobs, progress, runs, selectors, services, worker
from grader.models import GradingRun, Submission
from tests.grader.conftest import claim, wrong_answer
from tests.grader.test_grading import living_elsewhere
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db

SLOW = """
import time
def mean_squared_error(y_true, y_pred):
    time.sleep(0.02)
    return 0.0
"""


@pytest.fixture
def at_once(monkeypatch):
    """Every case is told."""
    monkeypatch.setattr(progress, "FIRST_AFTER_S", 0)
    monkeypatch.setattr(progress, "EVERY_S", 0)


def test_what_is_over_in_a_moment_is_not_told(broker):
    told = []
    progress.Progress("key", lambda: told.append(1))(1, 3)
    assert (told, progress.read("key")) == ([], {})


def test_notes_are_not_sent_faster_than_anybody_reads(broker, monkeypatch):
    monkeypatch.setattr(progress, "FIRST_AFTER_S", 0)
    monkeypatch.setattr(progress, "EVERY_S", 3600)
    told = []
    tell = progress.Progress("key", lambda: told.append(1))
    for case in (1, 2, 3):
        tell(case, 3)
    assert (told, progress.read("key")) == ([1], {"case": 1, "cases": 3})


def test_without_a_broker_nobody_is_told_and_grading_goes_on(settings, at_once):
    settings.REDIS_URL = NO_BROKER
    told = []
    progress.Progress("key", lambda: told.append(1))(1, 3)
    assert (told, progress.read("key")) == ([], {})


def test_a_running_submission_says_which_case_runs(broker, submission, at_once):
    held = claim(submission)
    assert selectors.submission_state(held) == {"status": "running"}
    progress.Progress(held.claim, lambda: None)(4, 12)
    assert selectors.submission_state(held) == {"status": "running", "case": 4, "cases": 12}
    grading.give_back(held)
    again = claim(submission)
    assert selectors.submission_state(again) == {"status": "running"}


@pytest.mark.jail
def test_cases_are_told_while_they_run(broker, learner, task, make_submission, at_once, monkeypatch):
    process = worker.GradingProcess()
    monkeypatch.setattr(worker, "_process", process)
    seen = []
    publish = grading.events.publish_run
    monkeypatch.setattr(
        grading.events, "publish_run", lambda run_id: (seen.append(progress.read(run_id)), publish(run_id))
    )
    run = services.run_start(user=learner, task=task, source=SLOW, backend="numpy")
    jobs.run_samples(run.id)
    process.discard("numpy")
    total = len(runs.get(run.id).result["samples"])
    told = [note["case"] for note in seen if note]
    assert told[: total - 1] == list(range(2, total + 1))
    assert set(told[total - 1 :]) <= {total}
    assert {note["cases"] for note in seen if note} == {total}


@pytest.fixture
def queued(broker, submission):
    cache.delete("grader:service_times")
    living_elsewhere()
    return submission


def graded_in(make_graded, seconds, **fields):
    run = make_graded(wrong_answer(), **fields).latest_run
    GradingRun.objects.filter(pk=run.pk).update(claimed=run.finished - timedelta(seconds=seconds))


def test_nobody_guesses_before_anything_was_graded(queued):
    assert selectors.submission_state(queued) == {"status": "queued", "queue_position": 0}


def test_the_estimate_is_what_the_latest_ones_took(queued, make_graded):
    graded_in(make_graded, 2)
    graded_in(make_graded, 4)
    assert selectors.submission_state(queued)["estimate_s"] == 3.0


def test_who_comes_later_waits_longer_and_more_workers_shorten_it(queued, make_graded, make_submission):
    graded_in(make_graded, 3)
    last = make_submission(queued_at=timezone.now() + timedelta(seconds=1))
    make_submission()
    assert selectors.submission_state(last) == {"status": "queued", "queue_position": 2, "estimate_s": 9.0}
    living_elsewhere("elsewhere/2/1")
    living_elsewhere("broken/3/1", reason="no jail")
    assert selectors.submission_state(last)["estimate_s"] == 6.0


def test_a_task_that_takes_longer_is_told_from_the_others(queued, make_graded, monkeypatch):
    for seconds in (1, 2):
        graded_in(make_graded, seconds, backend="torch")
    for seconds in (6, 7):
        graded_in(make_graded, seconds)
    assert selectors.submission_state(queued)["estimate_s"] == 4.0  # too few of its own kind
    monkeypatch.setattr(estimates, "ENOUGH", 2)
    cache.delete("grader:service_times")
    assert selectors.submission_state(queued)["estimate_s"] == 6.5


def test_a_regrade_waits_for_all_others(queued, make_graded):
    graded_in(make_graded, 3)
    again = Submission.objects.get(status="graded")
    services.regrade(again)
    again.refresh_from_db()
    assert selectors.submission_state(again) == {"status": "queued", "queue_position": 1}  # nobody serves its queue
    living_elsewhere(queues=["grade", "regrade"])
    assert selectors.submission_state(again)["estimate_s"] == 6.0


def test_many_who_wait_ask_the_database_once(queued, make_graded, django_assert_num_queries):
    graded_in(make_graded, 3)
    selectors.submission_state(queued)
    with django_assert_num_queries(1):  # the place in the queue
        selectors.submission_state(queued)


def test_while_grading_is_paused_nobody_guesses(queued, make_graded):
    graded_in(make_graded, 3)
    heartbeats.end("elsewhere/1/1")
    state = selectors.submission_state(queued)
    assert (state["status"], "estimate_s" in state) == ("paused", False)
