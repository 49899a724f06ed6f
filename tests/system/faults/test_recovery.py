"""What an outage leaves behind: a backlog, dead workers, several sweepers at once, clocks that were set."""

import dataclasses
import os
import signal
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import redis

from grader import turns
from lms.launcher.child import Child
from tests.system import convolution
from tests.system.faults.conftest import RECOVERY_S
from tests.system.faults.injection import kill_one
from tests.system.faults.ledger import NEGATIVE, waiting
from tests.system.processes import children, family, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

BACKLOG, GRADED = 10_000, 600  # rows after an outage, and how many of them are waited for
SWEPT_UP = 300
# As `submit` would have stored them, had the broker been away: no message speaks of any.
INSERT = """
    INSERT INTO grader_submission
    SELECT (jsonb_populate_record(one, jsonb_build_object(
        'id', gen_random_uuid(), 'status', 'queued', 'latest_run_id', NULL, 'enqueued_at', NULL, 'claimed_at', NULL,
        'claimed_by', '', 'attempts', 0, 'created', now(), 'queued_at', now()))).*
    FROM grader_submission one, generate_series(1, {count}) WHERE one.id = '{id}' RETURNING id
"""
# Those without a verdict, and of them those that nothing was ever stored for.
STATES = """
    SELECT count(*), count(*) FILTER (WHERE latest_run_id IS NULL
        AND NOT EXISTS (SELECT FROM grader_gradingrun run WHERE run.submission_id = submission.id))
    FROM grader_submission submission WHERE status <> 'graded'
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
    """The sweeper sends no more turns than are used soon; what is graded has one verdict, and the rest waits unharmed.

    That goes for the first GRADED of them, when the worker is killed once more; the rest is then taken away.
    """
    wanted = outage(stack, client, BACKLOG)
    messages = []
    with redis.Redis.from_url(stack.redis_url) as broker:

        def some_are_graded():
            stack.tend()
            with suppress(redis.RedisError):
                messages.append(broker.llen("grade"))
            left = waiting(stack)
            return left is not None and left <= BACKLOG - GRADED

        wait_until(some_are_graded, RECOVERY_S)
    assert max(messages) == turns.TURNS_MAX
    stack.kill_container("worker")
    left = wanted[0] - stack.query(RUNS)[0][0]
    assert stack.query(STATES) == [(left, left)]
    given_up = len(stack.query("DELETE FROM grader_submission WHERE status = 'queued' RETURNING id"))
    recovered(stack, tuple(count - given_up for count in wanted))


def test_three_sweepers_of_which_some_are_killed_in_the_middle_of_a_pass(stack, client):
    """And a worker that is killed while they bring back what it had."""
    wanted = outage(stack, client, SWEPT_UP)
    kills = ["sweeper", "sweeper-0", "worker", "sweeper-1", "sweeper", "worker"]
    due = SWEPT_UP - 20
    with more_sweepers(stack, 2):

        def kill_now_and_then():
            nonlocal due
            if kills and waiting(stack) <= due:
                stack.kill(kills.pop(0))
                due -= 40

        recovered(stack, wanted, kill_now_and_then)
    assert kills == []


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
def clock(stack, name):
    """Run a service by a clock of its own, and give a function that sets it; it begins with the right time."""
    offset = stack.folder / "offset"
    offset.write_text("+0")
    offset.chmod(0o644)
    fake = {
        "LD_PRELOAD": str(LIBFAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    service = stack.children[name].service
    # Behind setpriv: its semaphores would be root's, and PostgreSQL could not open them.
    program = next(place for place, part in enumerate(service.command) if not part.startswith(("setpriv", "--")))
    assignments = ["env", *(f"{key}={value}" for key, value in fake.items())]
    command = [*service.command[:program], *assignments, *service.command[program:]]
    restart(stack, name, dataclasses.replace(service, command=command))
    yield offset.write_text
    restart(stack, name, service)


def restart(stack, name, service):
    stack.children[name].service = service
    stack.kill_container(name)
    stack.tend()


@pytest.mark.parametrize("name", ["sweeper", "db"])
def test_a_clock_that_is_set_in_the_middle_of_grading(stack, client, name):
    """No claim is taken from a worker that lives, none stays with one that is gone, and no duration is negative.

    Not those of worker and web: libfaketime also sets what measures computing time there, and its sleep fails.
    """
    with clock(stack, name) as set_clock:
        for offset in ("+1d", "-1h"):
            set_clock("+0")
            wait_until(stack.is_ready, RECOVERY_S)
            living = client.submit(convolution.TASK, convolution.slow(1.8))
            client.wait_for(living, "running", RECOVERY_S)
            set_clock(offset)
            assert client.wait_for(living, "graded", RECOVERY_S)["verdict"] == "accepted"
            attempts = stack.query(f"SELECT attempts FROM grader_submission WHERE id = '{living['id']}'")
            assert name == "db" or attempts == [(1,)]  # by the database's clock claims go
            dead = client.submit(convolution.TASK, convolution.slow(1))
            client.wait_for(dead, "running", RECOVERY_S)
            assert kill_one(children(stack.pid("worker")), _First)
            assert client.wait_for(dead, "graded", RECOVERY_S)["verdict"] == "accepted"
            runs = f"SELECT count(*) FROM grader_gradingrun WHERE submission_id IN ('{living['id']}', '{dead['id']}')"
            assert stack.query(runs) == [(2,)]
    wait_until(stack.is_ready, RECOVERY_S)
    assert stack.query(NEGATIVE) == [(0,)]
    longest = "SELECT max(extract(epoch FROM finished - started)) FROM grader_gradingrun"
    assert stack.query(longest)[0][0] < 600


class _First:
    choice = staticmethod(lambda pids: pids[0])
