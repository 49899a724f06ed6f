"""`kill -9` of the worker, of a pool process and of the broker, in every phase of a submission, 20 times in all.

Each time a submission must end with one verdict, the right one. PostgreSQL and Redis as in production; processes are
frozen (SIGSTOP) to hold a phase still while something is killed, so that no case depends on luck.
"""

import itertools
import os
import signal
from contextlib import contextmanager

import pytest

from tests.system import convolution
from tests.system.client import Client
from tests.system.composed import composed
from tests.system.processes import children, stop, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

SOON = {"SWEEP_INTERVAL_S": "1", "VISIBILITY_TIMEOUT_S": "10"}  # the same ways back, in seconds instead of minutes
RECOVERY_S = 120
learners = (f"learner-{number}" for number in itertools.count())


@pytest.fixture(scope="module")
def stack():
    with composed(**SOON) as stack:
        yield stack


@pytest.fixture
def client(stack):
    wait_until(stack.is_ready, 90)
    client = Client(stack.url)
    client.sign_up(next(learners), "rebuild-it-from-scratch")
    return client


def kill_worker(stack):
    stack.kill("worker")
    stack.tend()


def kill_pool_process(stack):
    """Kill the process that grades; Celery starts another one."""
    for pid in children(stack.pid("worker")):
        os.kill(pid, signal.SIGKILL)


def kill_broker(stack):
    stack.kill("redis")
    stack.tend()


@contextmanager
def frozen(pids):
    for pid in pids:
        stop(pid)
    yield
    for pid in pids:
        try:
            os.kill(pid, signal.SIGCONT)
        except ProcessLookupError:
            continue  # it was killed meanwhile


def one_right_verdict(stack, client, submission):
    """Wait until the submission is graded, and look past the product whether that was done once."""
    assert client.wait_for(submission, "graded", RECOVERY_S)["verdict"] == "accepted"
    runs = f"SELECT number, verdict FROM grader_gradingrun WHERE submission_id = '{submission['id']}'"
    assert stack.query(runs) == [(1, "accepted")]


@pytest.mark.parametrize("kill", [kill_worker, kill_broker] * 3)
def test_before_the_claim(stack, client, kill):
    with frozen([stack.pid("worker")]):
        submission = client.submit(convolution.TASK, convolution.CORRECT)
        kill(stack)
    one_right_verdict(stack, client, submission)


@pytest.mark.parametrize("kill", [kill_worker, kill_pool_process, kill_broker] * 2)
def test_during_grading(stack, client, kill):
    submission = client.submit(convolution.TASK, convolution.slow(1))
    client.wait_for(submission, "running", 60)
    kill(stack)
    one_right_verdict(stack, client, submission)


@pytest.mark.parametrize("kill", [kill_worker, kill_broker] * 3)
def test_after_the_verdict_and_before_it_is_acknowledged(stack, client, kill):
    submission = client.submit(convolution.TASK, convolution.slow(1))
    client.wait_for(submission, "running", 60)
    with frozen([stack.pid("worker")]):  # a pool process grades on; the one that acknowledges does not
        client.wait_for(submission, "graded", 60)
        kill(stack)
    wait_until(stack.is_ready, 90)
    one_right_verdict(stack, client, submission)


@pytest.mark.parametrize("times", range(2))
def test_submitted_while_the_broker_is_down(stack, client, times):
    stack.kill("redis")
    submission = client.submit(convolution.TASK, convolution.CORRECT)
    stack.tend()
    one_right_verdict(stack, client, submission)


def test_no_submission_was_lost_or_graded_twice(stack):
    """After all of the above: as many first runs as submissions, and no message left to be delivered."""
    wait_until(
        lambda: stack.query("SELECT count(*) FROM grader_submission WHERE status <> 'graded'") == [(0,)], RECOVERY_S
    )
    [(submissions,)] = stack.query("SELECT count(*) FROM grader_submission")
    [(runs,)] = stack.query("SELECT count(*) FROM grader_gradingrun")
    assert submissions == runs == 20
