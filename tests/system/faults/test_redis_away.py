"""Redis that hangs, is gone, cannot write, or comes back with what it knew long ago."""

import shutil
import time

import pytest

from tests.system import convolution
from tests.system.faults.conftest import RECOVERY_S
from tests.system.faults.disks import small_disk
from tests.system.faults.watching import answer, stream
from tests.system.processes import resume, stop, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

RUNS = "SELECT number, verdict FROM grader_gradingrun WHERE submission_id = '{id}'"
RUN, FORM = f"/tasks/{convolution.TASK}/run/", {"source": convolution.CORRECT, "backend": "numpy"}
PAUSED = "Grading is paused: the queue does not answer. What you submit is kept and graded afterwards."


def hang(stack):
    pid = stack.pid("redis")
    stop(pid)
    return lambda: resume(pid)


def kill(stack):
    stack.kill_container("redis")
    return stack.tend


def accepted_once(stack, client, submission):
    assert client.wait_for(submission, "graded", RECOVERY_S)["verdict"] == "accepted"
    assert stack.query(RUNS.format(**submission)) == [(1, "accepted")]


@pytest.mark.parametrize(("take_away", "seconds"), [(hang, 60), (kill, 15)])
def test_without_redis_everything_says_so_and_nothing_hangs(stack, client, take_away, seconds):
    client.patience_s = 8  # seconds, in which every page must answer
    worker = stack.pid("worker")
    bring_back = take_away(stack)
    ends = time.monotonic() + seconds
    try:
        submission = client.submit(convolution.TASK, convolution.CORRECT)
        with stream(client, submission) as told:
            assert told.state() == {"status": "paused", "reason": PAUSED, "queue_position": 0}
            while time.monotonic() < ends:
                assert client.state(submission)["reason"] == PAUSED
                assert client.details(submission)["status"] == "paused"
                assert PAUSED in client.get(submission["url"])
                assert "Convolution" in client.get(f"/tasks/{convolution.TASK}/")
                run = answer(lambda: client.post(RUN, FORM, Accept="application/json"))
                assert (run[0], run[2]) == (503, "5")
                assert "Submitting works." in run[3]
                assert answer(lambda: client.get("/readyz"))[0] == 503
                time.sleep(1)
            bring_back()
            assert told.until("graded")["verdict"] == "accepted"
    finally:
        bring_back()
    accepted_once(stack, client, submission)
    assert stack.pid("worker") == worker  # it waited


def test_redis_from_an_old_append_only_file(stack, client, tmp_path):
    """What was graded since comes back as a message, and what was handed in since does not: both have one verdict."""
    folder = stack.folder / "redis"
    stop(stack.pid("worker"))
    old = client.submit(convolution.TASK, convolution.CORRECT)
    time.sleep(1.5)  # appendfsync everysec
    shutil.copytree(folder, tmp_path / "old")
    resume(stack.pid("worker"))
    accepted_once(stack, client, old)
    stop(stack.pid("worker"))
    new = client.submit(convolution.TASK, convolution.CORRECT)
    stack.kill_container("redis")
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "old", folder)
    stack.tend()
    resume(stack.pid("worker"))
    accepted_once(stack, client, new)
    accepted_once(stack, client, old)


@pytest.mark.root
def test_redis_whose_disk_is_full(stack, client):
    stack.kill_container("redis")
    with small_disk(stack.folder / "redis", mib=8) as disk:
        stack.tend()
        wait_until(stack.is_ready, RECOVERY_S)
        disk.fill()
        wait_until(lambda: "paused" in client.details(client.submit(convolution.TASK, convolution.CORRECT))["status"])
        submission = client.submit(convolution.TASK, convolution.CORRECT)
        assert "Grading is paused" in client.state(submission)["reason"]
        assert "Grading is paused" in client.get(submission["url"])
        disk.free()
        wait_until(lambda: stack.tend() or client.state(submission)["status"] == "graded", RECOVERY_S)
        accepted_once(stack, client, submission)
        stack.kill_container("redis")
    stack.tend()
    wait_until(
        lambda: stack.query("SELECT count(*) FROM grader_submission WHERE status <> 'graded'") == [(0,)], RECOVERY_S
    )
    doubled = "SELECT count(*) FROM grader_gradingrun GROUP BY submission_id HAVING count(*) <> 1"
    assert stack.query(doubled) == []
