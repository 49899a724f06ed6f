"""What a worker goes on after: a database that was restarted between two jobs, and jobs that are stuck."""

import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from tests.system import convolution
from tests.system.client import Client
from tests.system.composed import composed
from tests.system.processes import children, stop, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

SOFT_S, HARD_S = 3, 5  # instead of 90 and 120
ATTEMPTS = settings.SUBMISSION_MAX_ATTEMPTS
ASLEEP = """
def secret(rng):
    import time
    time.sleep(3600)
    yield
"""
DEAF = """
def secret(rng):
    import time
    while True:
        try:
            time.sleep(3600)
        except Exception:
            continue
    yield
"""


@pytest.fixture(scope="module")
def content():
    """The courses with two tasks whose cases never end; one of them does not even heed the soft limit."""
    with tempfile.TemporaryDirectory() as folder:
        courses = Path(folder) / "content"
        shutil.copytree(settings.CONTENT_DIR, courses)
        for task, code in {"mean-squared-error": ASLEEP, "stable-softmax": DEAF}.items():
            (cases,) = courses.glob(f"*/*/{task}/cases.py")
            cases.write_text(cases.read_text() + code)
        yield courses


@pytest.fixture(scope="module")
def stack(content):
    limits = {"JOB_SOFT_LIMIT_S": str(SOFT_S), "JOB_HARD_LIMIT_S": str(HARD_S)}
    environment = {"BAREMATH_CONTENT": str(content), "WORKER_PROCESSES": "1", "SWEEP_INTERVAL_S": "1"}
    with composed(**limits, **environment) as stack:
        yield stack


@pytest.fixture(scope="module")
def client(stack):
    client = Client(stack.url)
    client.sign_up("ada", "rebuild-it-from-scratch")
    return client


def graded(client, task=convolution.TASK, source=convolution.CORRECT, within_s=60):
    """Submit, and return the submission with its state once it is graded."""
    submission = client.submit(task, source)
    return submission, client.wait_for(submission, "graded", within_s)


def attempts(stack, submission):
    [(attempts,)] = stack.query(f"SELECT attempts FROM grader_submission WHERE id = '{submission['id']}'")
    return attempts


def restart_database(stack):
    """End PostgreSQL as `docker restart` does, but at once; it takes every connection with it."""
    stack.children["db"].process.send_signal(signal.SIGINT)
    stack.children["db"].process.wait(20)
    stack.tend()
    wait_until(stack.is_ready, 60)


def test_a_job_after_a_restart_of_the_database_is_graded_at_once(stack, client):
    """By the message itself: the sweeper, which would bring back what failed, is frozen."""
    assert graded(client)[1]["verdict"] == "accepted"
    (process,) = children(stack.pid("worker"))
    restart_database(stack)
    stop(stack.pid("sweeper"))
    try:
        submission, state = graded(client)
    finally:
        stack.children["sweeper"].process.send_signal(signal.SIGCONT)
    assert (state["verdict"], attempts(stack, submission)) == ("accepted", 1)
    assert children(stack.pid("worker")) == [process]


@pytest.mark.parametrize(("task", "process_survives"), [("mean-squared-error", True), ("stable-softmax", False)])
def test_a_job_that_is_stuck_in_the_judge_is_our_fault_and_the_worker_goes_on(stack, client, task, process_survives):
    """The soft limit ends the job, the hard limit the process in which it ignores that; the sweeper brings it back."""
    worker, [process] = stack.pid("worker"), children(stack.pid("worker"))
    submission, state = graded(client, task, "def f(): pass\n", within_s=ATTEMPTS * (HARD_S + 20))
    assert state["verdict"] == "internal_error"
    assert client.details(submission)["score"] == 0
    assert attempts(stack, submission) == ATTEMPTS
    runs = f"SELECT number, verdict FROM grader_gradingrun WHERE submission_id = '{submission['id']}'"
    assert stack.query(runs) == [(1, "internal_error")]
    assert (children(worker) == [process]) is process_survives
    later, state = graded(client)
    assert (state["verdict"], attempts(stack, later)) == ("accepted", 1)
    assert stack.pid("worker") == worker
