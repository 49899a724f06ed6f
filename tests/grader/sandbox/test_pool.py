"""Children wait ready for their programs, are checked before anybody waits, and are replaced."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from grader.sandbox import Call, Limits, Program, Sandbox, SandboxError, child
from grader.sandbox.pool import Pool
from tests.grader.sandbox.conftest import only_result
from tests.grader.sandbox.processes import alive, descendants, open_descriptors, wait_until

pytestmark = pytest.mark.jail

INNOCENT = Program("def f(): return 42\n")
CALL = [Call("f", {})]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox("numpy", parked=3) as sandbox:
        yield sandbox


def tended(sandbox: Sandbox) -> int:
    """Return how many children are admitted once the supervisor has looked after them."""
    assert sandbox._pool is not None
    sandbox._pool.tend()
    return sandbox._pool.parked


def children_of(sandbox: Sandbox) -> list[int]:
    assert sandbox._zygote is not None
    keeper = 1 if sandbox._zygote.tier.user else 0
    return descendants(sandbox._zygote._process.pid)[1 + keeper :]


def test_as_many_children_as_asked_for_are_admitted_before_any_program_is_there(sandbox):
    wait_until(lambda: tended(sandbox) == 3)
    assert len(children_of(sandbox)) == 3


def test_a_used_child_is_replaced_when_there_is_time(sandbox):
    wait_until(lambda: tended(sandbox) == 3)
    before = children_of(sandbox)
    assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
    assert tended(sandbox) == 2
    sandbox.refill()
    wait_until(lambda: tended(sandbox) == 3)
    assert [pid for pid in before if alive(pid)] == before[1:]


def test_who_takes_the_last_child_asks_for_another(sandbox):
    for _ in range(5):
        assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
    wait_until(lambda: tended(sandbox) == 1)


def test_a_sandbox_in_use_is_not_refilled(sandbox):
    wait_until(lambda: tended(sandbox) == 3)
    sandbox.run(INNOCENT, CALL)
    held, released = threading.Event(), threading.Event()

    def hold() -> None:
        with sandbox._lock:
            held.set()
            released.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    sandbox.refill()
    released.set()
    holder.join()
    assert tended(sandbox) == 2


def test_each_program_gets_a_child_that_no_other_has_touched(sandbox):
    wait_until(lambda: tended(sandbox) == 3)
    mark = Program("import sys, os\ndef f():\n    seen = hasattr(os, 'mark')\n    os.mark = 1\n    return seen\n")
    assert [only_result(sandbox.run(mark, CALL)).value for _ in range(5)] == [False] * 5


def test_a_parked_child_bears_no_trace_of_its_rehearsal(sandbox):
    source = (
        "import gc, linecache, sys\n"
        "def f():\n"
        "    names = [name for name in sys.modules if 'submission' in name]\n"
        "    return names, linecache.getline('submission.py', 1), __name__\n"
    )
    names, line, own = only_result(sandbox.run(Program(source), CALL)).value
    assert (names, line, own) == (["submission"], "import gc, linecache, sys\n", "submission")


def test_parked_children_that_were_killed_are_passed_over_and_replaced(sandbox):
    wait_until(lambda: tended(sandbox) == 3)
    first, second, third = children_of(sandbox)
    for pid in (first, second):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not alive(first) and not alive(second))
    assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
    sandbox.refill()
    wait_until(lambda: not alive(third))
    wait_until(lambda: tended(sandbox) == 3)
    assert set(children_of(sandbox)).isdisjoint({first, second, third})


def test_children_that_nobody_received_yet_are_reaped_when_their_seats_close(sandbox):
    descriptors = len(open_descriptors())
    pool = sandbox._pool
    for _ in range(3):
        for seat in tuple(pool._seats):
            pool._seats.remove(seat)
            seat.close()
        pool.fill()
    wait_until(lambda: tended(sandbox) == 3)
    wait_until(lambda: len(children_of(sandbox)) == 3)
    assert len(open_descriptors()) <= descriptors + 3  # the pidfds that had not come yet


def test_a_child_that_misses_a_wall_is_refused_and_dropped(sandbox, monkeypatch):
    pool = Pool(sandbox._zygote, 1, sandbox.metrics)
    monkeypatch.setitem(child._UNPRIVILEGED, "NoNewPrivs", "0")
    with pytest.raises(SandboxError, match="NoNewPrivs"):
        pool.take(Limits())
    pool.fill()
    wait_until(lambda: pool.tend() is None and not pool._seats)
