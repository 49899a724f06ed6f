"""What is counted of the attacks of our own, and when a patrol leaves a sandbox to those who use it."""

import os
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest

from grader.sandbox import Call, Program, Sandbox, SandboxError, canaries
from grader.sandbox.canaries import CANARIES, BreachError, Patrol, breached
from tests.grader.sandbox.processes import descendants
from tests.grader.sandbox.test_layers import Unwalled

INNOCENT = Program("def f(): return 42\n")
CALL = [Call("f", {})]


@pytest.fixture
def sandbox():
    with Sandbox("numpy") as sandbox:
        yield sandbox


def ran(sandbox):
    return sandbox.snapshot()["canaries"]["ran"]


def test_before_the_first_attack_there_is_nothing_to_tell():
    counted = Sandbox("numpy").snapshot()["canaries"]
    assert counted == {"ran": 0, "could_not_run": 0, "last": None, "breaches": [], "median_ms": None}


@pytest.mark.jail
def test_attacks_that_fail_are_counted(sandbox):
    assert breached(sandbox) == []
    counted = sandbox.snapshot()["canaries"]
    assert (counted["ran"], counted["could_not_run"], counted["breaches"]) == (len(CANARIES), 0, [])
    assert timedelta(0) <= datetime.now(UTC) - datetime.fromisoformat(counted["last"]) < timedelta(minutes=1)
    assert counted["median_ms"] > 0


def test_attacks_that_succeed_are_counted_by_the_name_of_the_wall():
    sandbox = Unwalled("numpy")
    breached(sandbox)
    assert sandbox.snapshot()["canaries"]["breaches"] == [canary.wall for canary in CANARIES]
    with pytest.raises(BreachError, match=CANARIES[0].wall):
        Patrol(sandbox).step()
    assert ran(sandbox) == len(CANARIES) + 1
    assert sandbox.snapshot()["canaries"]["breaches"] == [canary.wall for canary in CANARIES]


@pytest.mark.jail
def test_an_attack_that_cannot_be_run_is_counted_and_the_patrol_goes_on_to_the_next(sandbox, monkeypatch):
    patrol = Patrol(sandbox)
    take = sandbox._take_seat

    def take_and_kill(limits):
        seat = take(limits)
        for pid in descendants(sandbox._zygote._process.pid):
            os.kill(pid, signal.SIGKILL)
        return seat

    with monkeypatch.context() as killing:
        killing.setattr(sandbox, "_take_seat", take_and_kill)
        with pytest.raises(SandboxError):
            patrol.step()
    counted = sandbox.snapshot()["canaries"]
    assert (counted["ran"], counted["could_not_run"], counted["last"]) == (0, 1, None)
    assert patrol._round[0] is CANARIES[1]
    patrol.step()
    assert ran(sandbox) == 1


@pytest.mark.jail
def test_a_sandbox_in_use_is_left_alone_and_attacked_again_once_it_is_not(sandbox):
    patrol = Patrol(sandbox)
    patrol.step()
    patrol.step()
    assert ran(sandbox) == 2
    for _ in range(3):
        sandbox.run(INNOCENT, CALL)
        patrol.step()
        assert ran(sandbox) == 2
    patrol.step()
    assert ran(sandbox) == 3


@pytest.mark.jail
def test_a_sandbox_that_is_always_in_use_is_attacked_all_the_same(sandbox, monkeypatch):
    monkeypatch.setattr(canaries, "_IN_USE_S", 0.0)
    patrol = Patrol(sandbox)
    for _ in range(3):
        sandbox.run(INNOCENT, CALL)
        patrol.step()
    assert ran(sandbox) == 3


@pytest.mark.jail
def test_an_attack_that_found_the_sandbox_busy_is_the_next_one_again(sandbox):
    patrol = Patrol(sandbox)
    taken, released = threading.Event(), threading.Event()

    def hold():
        with sandbox._lock:
            taken.set()
            released.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(10)
    patrol.step()
    released.set()
    holder.join()
    assert (ran(sandbox), patrol._round[0]) == (0, CANARIES[0])
    patrol.step()
    assert (ran(sandbox), patrol._round[0]) == (1, CANARIES[1])
