"""Whole gradings in the real jail: from a queued row to a stored verdict."""

import os
import time

import pytest
from celery import current_app

from grader import heartbeats, jobs, runs, selectors, services, worker
from grader.models import GradingRun, Submission
from grader.sweeper import sweep
from tests.grader.conftest import SOURCE, claim

pytestmark = [pytest.mark.django_db, pytest.mark.jail]

RIGHT = """
import numpy as np
def mean_squared_error(y_pred, y_true):
    return np.mean((np.asarray(y_pred, float) - np.asarray(y_true, float)) ** 2)
"""


@pytest.fixture(autouse=True)
def process(monkeypatch):
    """A worker process of this test's own: sandboxes that failed in one test would wait before the next try."""
    process = worker.GradingProcess()
    monkeypatch.setattr(worker, "_process", process)
    yield process
    for kind in worker.KINDS:
        process.discard(kind)


def test_a_submission_is_graded_once(broker, make_submission):
    make_submission(source=RIGHT)
    jobs.grade_next("grade")
    jobs.grade_next("grade")
    graded = Submission.objects.get()
    run = GradingRun.objects.get()
    assert (graded.status, graded.latest_run, run.verdict) == ("graded", run, "accepted")
    assert run.score == run.max_score == graded.task.max_score
    assert graded.created <= run.queued <= run.claimed <= run.started <= run.finished
    assert run.result["provenance"]["task_version"] == graded.task.version


def test_a_message_of_before_the_update_is_a_turn(broker, make_submission):
    submission = make_submission(source=RIGHT)
    current_app.tasks["grader.jobs.grade_submission"](str(submission.pk))
    assert GradingRun.objects.get().verdict == "accepted"


def test_another_worker_takes_over_from_a_dead_one(broker, make_submission, dead_worker):
    claim(make_submission(source=RIGHT), by=dead_worker)
    sweep()
    jobs.grade_next("grade")
    assert GradingRun.objects.get().verdict == "accepted"
    assert Submission.objects.get().attempts == 2


def test_a_torch_submission_is_graded_by_the_torch_twin(broker, make_submission):
    source = RIGHT.replace("import numpy as np", "import torch").replace(
        "np.mean((np.asarray(y_pred, float) - np.asarray(y_true, float)) ** 2)", "((y_pred - y_true) ** 2).mean()"
    )
    make_submission(source=source, backend="torch")
    jobs.grade_next("grade")
    assert GradingRun.objects.get().verdict == "accepted"


def test_a_regrade_draws_new_cases_and_keeps_history(broker, make_submission):
    submission = make_submission(source=SOURCE)
    for queue in ("grade", "regrade"):
        jobs.grade_next(queue)
        services.regrade(submission)
    second, first = GradingRun.objects.order_by("-number")
    assert (first.number, second.number) == (1, 2)
    assert first.verdict == second.verdict == "wrong_answer"
    assert first.result["provenance"]["seed"] != second.result["provenance"]["seed"]


def test_a_run_shows_the_sample_cases(broker, learner, task):
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    jobs.run_samples(run.id)
    done = selectors.run_get(learner, run.id)
    assert done.status == "graded"
    assert not all(sample["passed"] for sample in done.result["samples"])
    assert not Submission.objects.exists()


def test_a_job_for_a_run_that_has_expired_does_nothing(broker, learner, task):
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    broker.flushall()
    jobs.run_samples(run.id)
    with pytest.raises(runs.RunNotFoundError):
        selectors.run_get(learner, run.id)


def test_without_a_jail_the_submission_waits_and_says_so(broker, make_submission, learner, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    make_submission(source=RIGHT)
    jobs.grade_next("grade")
    waiting = Submission.objects.get()
    assert (waiting.status, waiting.attempts) == ("queued", 0)
    assert selectors.submission_state(waiting)["status"] == "paused"
    assert "sandbox is not available" in selectors.submission_state(waiting)["reason"]
    assert sweep().enqueued == 0


def test_grading_goes_on_by_itself_once_the_jail_is_there(broker, make_submission, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setenv("PATH", "/nonexistent")
        make_submission(source=RIGHT)
        jobs.grade_next("grade")
    worker.current()._recheck_jail()
    worker.current()._beat()
    assert sweep().enqueued == 1
    jobs.grade_next("grade")
    assert GradingRun.objects.get().verdict == "accepted"


@pytest.mark.parametrize("path", [os.environ["PATH"], "/nonexistent"])
def test_a_worker_process_tells_whether_its_jail_works(broker, monkeypatch, path):
    monkeypatch.setenv("PATH", path)
    process = worker.GradingProcess()
    process.start()
    ends = time.monotonic() + 20
    while not heartbeats.worker_states() and time.monotonic() < ends:
        time.sleep(0.01)
    (state,) = heartbeats.worker_states()
    assert (state.pid, state.jail_works) == (os.getpid(), path != "/nonexistent")
    process.stop()
    assert heartbeats.worker_states() == []


def test_a_task_that_cannot_be_loaded_is_our_fault(broker, make_submission, settings, tmp_path):
    make_submission(source=RIGHT)
    settings.CONTENT_DIR = tmp_path
    for _ in range(settings.SUBMISSION_MAX_ATTEMPTS):
        jobs.grade_next("grade")
    run = GradingRun.objects.get()
    assert (run.verdict, run.score) == ("internal_error", 0.0)
    assert Submission.objects.get().attempts == settings.SUBMISSION_MAX_ATTEMPTS
