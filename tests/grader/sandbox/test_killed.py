"""SIGKILL to each process in each phase: the run is an error of ours or is not touched, and nothing is left."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.sandbox import Call, Limits, Outcome, Program, Sandbox, SandboxError
from grader.sandbox.conversation import Conversation
from grader.sandbox.seat import Seat
from grader.sandbox.zygote import ZygoteProcess
from tests.grader.sandbox.conftest import only_result
from tests.grader.sandbox.processes import alive, descendants, open_descriptors, wait_until

pytestmark = pytest.mark.jail

ROOT = Path(__file__).parents[3]
INNOCENT = Program("def f(): return 42\n")
CALL = [Call("f", {})]

# phase -> the step of the supervisor right after which somebody kills
PHASES: dict[str, tuple[type, str]] = {
    "opening": (ZygoteProcess, "_start"),
    "warm": (ZygoteProcess, "finish"),
    "forking": (ZygoteProcess, "order_child"),
    "admitting": (ZygoteProcess, "receive_child"),
    "admitted": (Seat, "admit"),
    "taken": (Seat, "take"),
    "sending": (Conversation, "_push"),
    "answering": (Conversation, "_read_results"),
    "reaping": (Seat, "dismiss"),
}
VICTIMS: dict[str, Callable[[list[int]], list[int]]] = {
    "the first process": lambda jail: jail[:1],
    "the second process": lambda jail: jail[1:2],
    "the third process": lambda jail: jail[2:3],
    "the last child": lambda jail: jail[3:][-1:],
    "everything": lambda jail: jail,
}


@pytest.mark.parametrize("victim", VICTIMS)
@pytest.mark.parametrize("phase", PHASES)
def test_a_kill_costs_one_error_at_most_and_leaves_nothing(phase, victim, monkeypatch):
    before = len(open_descriptors()), set(descendants(os.getpid()))
    owner, name = PHASES[phase]
    step = getattr(owner, name)
    killed: list[int] = []

    def step_and_kill(self, *arguments, **options):
        result = step(self, *arguments, **options)
        if not killed:
            jail = [pid for pid in descendants(os.getpid()) if pid not in before[1]]
            for pid in VICTIMS[victim](jail):
                killed.append(pid)
                os.kill(pid, signal.SIGKILL)
        return result

    monkeypatch.setattr(owner, name, step_and_kill)
    sandbox = Sandbox("numpy")
    outcomes = [outcome_of(sandbox) for _ in range(4)]  # a busy machine takes a run to end the dead one's family
    assert sum(isinstance(outcome, SandboxError) for outcome in outcomes[:3]) <= 1
    assert isinstance(outcomes[3], Outcome)
    assert {only_result(outcome).value for outcome in outcomes if isinstance(outcome, Outcome)} == {42}
    sandbox.close()
    wait_until(lambda: not any(alive(pid) for pid in descendants(os.getpid()) if pid not in before[1]))
    assert len(open_descriptors()) == before[0]


def outcome_of(sandbox: Sandbox) -> Outcome | SandboxError:
    try:
        return sandbox.run(INNOCENT, CALL, Limits(wall_s=5.0))
    except SandboxError as error:
        return error


def _end_in(phase: str) -> None:
    """Print the processes of the jail and kill this process right after a step of its run. For a process of its own."""
    owner, name = PHASES[phase]
    step = getattr(owner, name)

    def step_and_die(self, *arguments, **options):
        result = step(self, *arguments, **options)
        sys.stdout.write(" ".join(str(pid) for pid in descendants(os.getpid())))
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, step_and_die)
    Sandbox("numpy").run(INNOCENT, CALL)


@pytest.mark.parametrize("phase", PHASES)
def test_a_supervisor_that_is_killed_takes_its_jail_along(phase):
    code = f"from tests.grader.sandbox.test_killed import _end_in; _end_in({phase!r})"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    jail = [int(pid) for pid in ended.stdout.split()]
    assert jail
    wait_until(lambda: not any(alive(pid) for pid in jail))
