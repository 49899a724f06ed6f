"""Death of any process at any time leaves nothing behind, and the next run works."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import Call, Limits, Outcome, Program, Sandbox, SandboxError, Status, supervisor, tiers
from grader.sandbox.pool import PARKED
from tests.grader.sandbox.conftest import only_result
from tests.grader.sandbox.processes import alive, descendants, open_descriptors, state_of, wait_until

pytestmark = pytest.mark.jail

ROOT = Path(__file__).parents[3]
INNOCENT = Program("def f(): return 42\n")
BUSY = Program("def f():\n    while True: pass\n")
CALL = [Call("f", {})]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox("numpy") as sandbox:
        yield sandbox


HAS_KEEPER = tiers.choose().user != 0


def jail_below(worker: int) -> list[int]:
    return _keeper_last(descendants(worker))


def _keeper_last(jail: list[int]) -> list[int]:
    """Return bubblewrap, the zygote and its children, and last the zygote's keeper where there is one."""
    return [jail[0], *jail[2:], jail[1]] if HAS_KEEPER and len(jail) > 1 else jail


def jail_of(sandbox: Sandbox) -> list[int]:
    assert sandbox._zygote is not None
    bubblewrap = sandbox._zygote._process.pid
    return _keeper_last([bubblewrap, *descendants(bubblewrap)])


WHOLE_JAIL = 2 + PARKED + HAS_KEEPER


class BusyRun(threading.Thread):
    """A run that would compute for an hour."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self.sandbox = sandbox
        self.result: Outcome | SandboxError | None = None
        self.start()

    def run(self) -> None:
        try:
            self.result = self.sandbox.run(BUSY, CALL, Limits(cpu_s=3600, wall_s=3600))
        except SandboxError as error:
            self.result = error


KEEPER = {"keeper": -1} if HAS_KEEPER else {}
ALL = {"bubblewrap": 0, "zygote": 1, "child": 2} | KEEPER
ALL_BUT_CHILD = {"bubblewrap": 0, "zygote": 1} | KEEPER


@pytest.mark.parametrize("victim", ALL.values(), ids=ALL)
def test_a_kill_in_the_middle_of_a_run_is_our_error_and_the_next_run_works(sandbox, victim):
    wait_until(lambda: len(jail_of(sandbox)) == WHOLE_JAIL)
    jail = jail_of(sandbox)
    wait_until(lambda: state_of(jail[2]) == "S")  # parked: it waits for a program
    busy = BusyRun(sandbox)
    wait_until(lambda: state_of(jail[2]) == "R")
    os.kill(jail[victim], signal.SIGKILL)
    busy.join(10)
    for pid in jail:  # a run that goes on would never let go of the sandbox
        if alive(pid) and busy.is_alive():
            os.kill(pid, signal.SIGKILL)
    assert isinstance(busy.result, SandboxError)
    assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
    wait_until(lambda: not any(alive(pid) for pid in jail))


@pytest.mark.parametrize("victim", ALL_BUT_CHILD.values(), ids=ALL_BUT_CHILD)
def test_a_kill_between_runs_is_not_even_noticed(sandbox, victim):
    jail = jail_of(sandbox)
    os.kill(jail[victim], signal.SIGKILL)
    wait_until(lambda: not any(alive(pid) for pid in jail))
    assert only_result(sandbox.run(INNOCENT, CALL)).value == 42


def test_a_parked_child_that_was_killed_is_replaced(sandbox):
    wait_until(lambda: len(jail_of(sandbox)) == WHOLE_JAIL)
    parked = jail_of(sandbox)[2]
    os.kill(parked, signal.SIGKILL)
    wait_until(lambda: not alive(parked))
    assert only_result(sandbox.run(INNOCENT, CALL)).value == 42


SUPERVISOR = """
import sys
from grader.sandbox import Call, Program, Sandbox
with Sandbox("numpy") as sandbox:
    print("open", flush=True)
    if sys.argv[1] == "running":
        sandbox.run(Program("import time\\ndef f(): time.sleep(3600)\\n"), [Call("f", {})])
    sys.stdin.read()
"""


def start_supervisor(state: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SUPERVISOR, state]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    return process


@pytest.mark.parametrize("state", ["idle", "running"])
def test_a_killed_supervisor_leaves_no_process_and_its_groups_are_swept(state):
    worker = start_supervisor(state)
    wait_until(lambda: len(descendants(worker.pid)) >= WHOLE_JAIL)
    jail = jail_below(worker.pid)
    with worker:
        worker.kill()
    wait_until(lambda: not any(alive(pid) for pid in jail))
    with Sandbox("numpy") as sandbox:
        assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
        assert groups_of(worker.pid) == []


def test_a_zygote_that_cannot_look_is_ended_with_its_supervisor():
    worker = start_supervisor("idle")
    wait_until(lambda: len(descendants(worker.pid)) == WHOLE_JAIL)
    jail = jail_below(worker.pid)
    os.kill(jail[1], signal.SIGSTOP)
    with worker:
        worker.kill()
    wait_until(lambda: not any(alive(pid) for pid in jail))


def test_closing_leaves_no_process_no_group_and_no_descriptor():
    before = groups_of(os.getpid()), open_descriptors()
    with Sandbox("numpy") as sandbox:
        sandbox.run(INNOCENT, CALL)
        jail = jail_of(sandbox)
    assert not any(alive(pid) for pid in jail)
    assert (groups_of(os.getpid()), open_descriptors()) == before


def groups_of(pid: int) -> list[Path]:
    return [path for path in Path("/sys/fs/cgroup").rglob(f"baremath.{pid}-*") if path.is_dir()]


def test_runs_leave_no_descriptor_and_no_process_behind():
    sandbox = Sandbox("numpy")
    before = len(open_descriptors())
    sandbox.open()
    for _ in range(20):
        sandbox.run(INNOCENT, CALL)
        sandbox.refill()
    wait_until(lambda: len(jail_of(sandbox)) == WHOLE_JAIL)
    sandbox.close()
    assert len(open_descriptors()) == before


def test_two_supervisors_run_side_by_side():
    with start_supervisor("running") as other, Sandbox("numpy") as first, Sandbox("numpy") as second:
        for sandbox in (first, second, first):
            assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
        assert other.poll() is None
        other.kill()


def test_a_forked_worker_opens_a_jail_of_its_own_and_leaves_its_parents_alone():
    descriptors = len(open_descriptors())
    with Sandbox("numpy") as sandbox:
        jail = jail_of(sandbox)
        pid = os.fork()
        if pid == 0:
            answered = sandbox.run(INNOCENT, CALL).results[0].value == 42
            sandbox.close()
            os._exit(0 if answered and len(open_descriptors()) == descriptors else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        assert jail_of(sandbox)[:2] == jail[:2]
        assert only_result(sandbox.run(INNOCENT, CALL)).value == 42


def test_an_old_zygote_serves_on_until_its_successor_is_ready(sandbox, monkeypatch):
    first = jail_of(sandbox)
    monkeypatch.setattr(supervisor, "_RECYCLE_RUNS", 2)
    sandbox.run(INNOCENT, CALL)
    sandbox.run(INNOCENT, CALL)
    assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
    assert jail_of(sandbox)[:2] == first[:2]
    assert sandbox._successor is not None
    wait_until(sandbox._successor.is_ready)
    assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
    assert set(jail_of(sandbox)).isdisjoint(first)
    wait_until(lambda: not any(alive(pid) for pid in first))
    assert only_result(sandbox.run(INNOCENT, CALL)).value == 42


def test_no_descriptor_of_the_worker_reaches_the_jail(sandbox):
    read, write = os.pipe()
    os.set_inheritable(read, True)
    try:
        with Sandbox("numpy") as jail:
            source = (
                "import os\n"
                "def f():\n"
                "    found = []\n"
                "    for fd in range(1024):\n"
                "        try: os.fstat(fd); found.append(fd)\n"
                "        except OSError: pass\n"
                "    return found\n"
            )
            assert only_result(jail.run(Program(source), CALL)).value == [0, 1, 2, 3, 4]
            zygote = jail_of(jail)[1]
            assert open_descriptors()[str(read)] not in open_descriptors(zygote).values()
    finally:
        os.close(read)
        os.close(write)


def test_a_thread_that_opened_the_jail_may_end(sandbox):
    jail = Sandbox("numpy")
    opener = threading.Thread(target=jail.open)
    opener.start()
    opener.join()
    with jail:
        outcome = jail.run(INNOCENT, CALL)
    assert outcome.status is Status.COMPLETED
