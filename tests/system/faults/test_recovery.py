"""What an outage leaves behind: a backlog, dead workers, several sweepers at once, clocks that were set."""

import dataclasses
import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from lms.launcher.child import Child
from tests.system import convolution
from tests.system.faults.conftest import RECOVERY_S
from tests.system.faults.injection import kill_one
from tests.system.faults.ledger import NEGATIVE, waiting
from tests.system.processes import children, family, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

BACKLOG = 300
# As `submit` would have stored them, had the broker been away: no message speaks of any.
INSERT = """
    INSERT INTO grader_submission
    SELECT (jsonb_populate_record(one, jsonb_build_object(
        'id', gen_random_uuid(), 'status', 'queued', 'latest_run_id', NULL, 'enqueued_at', NULL, 'claimed_at', NULL,
        'claimed_by', '', 'attempts', 0, 'created', now(), 'queued_at', now()))).*
    FROM grader_submission one, generate_series(1, {count}) WHERE one.id = '{id}' RETURNING id
"""
RUNS = """
    SELECT count(*), count(*) FILTER (WHERE verdict = 'accepted' AND number = 1), count(DISTINCT submission_id)
    FROM grader_gradingrun
"""
LIBFAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


def outage(stack, client, rows):
    """Leave so many submissions behind, of which only the database knows, while broker, worker and sweeper are down."""
    model = client.submit(convolution.TASK, convolution.CORRECT)
    client.wait_for(model, "graded", RECOVERY_S)
    before = stack.query(RUNS)[0]
    for name in ("worker", "sweeper", "redis"):
        stack.kill_container(name)
    assert len(stack.query(INSERT.format(count=rows, **model))) == rows
    return tuple(count + rows for count in before)


def recovered(stack, wanted, meanwhile=lambda: None):
    """Wait until all have a verdict, and look whether each has one, and the right one."""
    wait_until(lambda: stack.tend() or meanwhile() or waiting(stack) == 0, RECOVERY_S)
    assert stack.query(RUNS) == [wanted]


@contextmanager
def more_sweepers(stack, count):
    service = stack.children["sweeper"].service
    more = [f"sweeper-{number}" for number in range(count)]
    for name in more:
        stack.children[name] = Child(dataclasses.replace(service, name=name), stack.folder / "logs", Path.cwd())
    yield ["sweeper", *more]
    for name in more:
        stack.children.pop(name).stop()


def test_a_backlog_after_an_outage(stack, client):
    recovered(stack, outage(stack, client, 3 * BACKLOG))


def test_three_sweepers_of_which_some_are_killed_in_the_middle_of_a_pass(stack, client):
    """And a worker that is killed while they bring back what it had."""
    wanted = outage(stack, client, BACKLOG)
    kills = iter(["sweeper", "sweeper-0", "worker", "sweeper-1", "sweeper", "worker"])
    with more_sweepers(stack, 2):
        due = time.monotonic() + 4

        def kill_now_and_then():
            nonlocal due
            if time.monotonic() > due and (name := next(kills, None)):
                stack.kill(name)
                due = time.monotonic() + 1.5

        recovered(stack, wanted, kill_now_and_then)
        assert next(kills, None) is None, "it was over before everything had been killed"


def test_a_worker_out_of_memory(stack, client):
    """The kernel ends the process that holds most, by the signal that is sent here."""
    submission = client.submit(convolution.TASK, convolution.slow(1))
    client.wait_for(submission, "running", RECOVERY_S)
    largest = max((pid for pid, _ in family(stack.pid("worker"))), key=_resident)
    os.kill(largest, signal.SIGKILL)
    wait_until(lambda: stack.tend() or client.state(submission)["status"] == "graded", RECOVERY_S)
    assert client.state(submission)["verdict"] == "accepted"


def _resident(pid):
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0


def test_killed_again_and_again_while_grading_is_not_the_submission_s_fault(stack, client):
    submission = client.submit(convolution.TASK, convolution.slow(1.5))
    holders = []
    while len(holders) < 4:
        holders.append(wait_until(lambda: _holder(stack, submission, after=holders), RECOVERY_S))
        os.kill(int(holders[-1].split("/")[1]), signal.SIGKILL)
    assert client.wait_for(submission, "graded", RECOVERY_S)["verdict"] == "accepted"


def _holder(stack, submission, *, after):
    """Return the name of the process that grades a submission now, once that is another one than those before."""
    [(name,)] = stack.query(f"SELECT claimed_by FROM grader_submission WHERE id = '{submission['id']}'")
    return name if name not in after else ""


@contextmanager
def clock(stack, *names):
    """Run services by a clock of their own, and give a function that sets it; it begins with the right time."""
    offset = stack.folder / "offset"
    offset.write_text("+0")
    offset.chmod(0o644)
    fake = {
        "LD_PRELOAD": str(LIBFAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    services = {name: stack.children[name].service for name in names}
    for name, service in services.items():
        changed = dataclasses.replace(service, environment=service.environment | fake)
        restart(stack, name, changed)
    yield offset.write_text
    for name, service in services.items():
        restart(stack, name, service)


def restart(stack, name, service):
    stack.children[name].service = service
    stack.kill_container(name)
    stack.tend()


def test_a_clock_of_the_sweeper_that_is_set_in_the_middle_of_grading(stack, client):
    """No claim is taken from a worker that lives, none stays with one that is gone, and no duration is negative.

    Not those of worker and web: libfaketime also sets what measures computing time there, and its sleep fails.
    """
    with clock(stack, "sweeper") as set_clock:
        for offset in ("+1d", "-1h"):
            set_clock("+0")
            wait_until(stack.is_ready, RECOVERY_S)
            living = client.submit(convolution.TASK, convolution.slow(1.8))
            client.wait_for(living, "running", RECOVERY_S)
            set_clock(offset)
            assert client.wait_for(living, "graded", RECOVERY_S)["verdict"] == "accepted"
            assert stack.query(f"SELECT attempts FROM grader_submission WHERE id = '{living['id']}'") == [(1,)]
            dead = client.submit(convolution.TASK, convolution.slow(1))
            client.wait_for(dead, "running", RECOVERY_S)
            assert kill_one(children(stack.pid("worker")), _First)
            assert client.wait_for(dead, "graded", RECOVERY_S)["verdict"] == "accepted"
            runs = f"SELECT count(*) FROM grader_gradingrun WHERE submission_id IN ('{living['id']}', '{dead['id']}')"
            assert stack.query(runs) == [(2,)]
    assert stack.query(NEGATIVE) == [(0,)]
    longest = "SELECT max(extract(epoch FROM finished - started)) FROM grader_gradingrun"
    assert stack.query(longest)[0][0] < 600


class _First:
    choice = staticmethod(lambda pids: pids[0])
