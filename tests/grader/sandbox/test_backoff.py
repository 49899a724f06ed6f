"""A jail that keeps failing is tried less and less often, says why, and comes back by itself."""

import os
import signal
import time
from pathlib import Path

import pytest

from grader.sandbox import Call, Program, Sandbox, SandboxError, SandboxUnavailable, Status, backoff
from grader.sandbox.backoff import Backoff
from tests.grader.sandbox.conftest import only_result
from tests.grader.sandbox.processes import descendants

INNOCENT = Program("def f(): return 42\n")
CALL = [Call("f", {})]
BROKEN_BUBBLEWRAP = "#!/bin/sh\necho 'bwrap: cannot allocate memory' >&2\nexit 1\n"


def test_the_first_failure_costs_nothing_and_each_later_one_doubles_the_wait(monkeypatch):
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    tries = Backoff()
    waits = []
    for _ in range(10):
        tries.failed(SandboxError("broken"))
        waits.append(tries.wait_s)
    assert waits == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]


def test_while_it_is_too_early_the_last_reason_and_remedy_are_told():
    tries = Backoff()
    tries.check()
    for _ in range(3):
        tries.failed(SandboxUnavailable("No NumPy.", "pip install numpy"))
    with pytest.raises(SandboxUnavailable, match=r"No NumPy\. .*failed 3 times in a row") as raised:
        tries.check()
    assert raised.value.remedy == "pip install numpy"
    tries.succeeded()
    tries.check()


@pytest.fixture
def broken(monkeypatch, tmp_path: Path):
    """Return the path of a bubblewrap that always fails and notes each start, found before the real one."""
    path = tmp_path / "bwrap"
    path.write_text(BROKEN_BUBBLEWRAP.replace("\necho", f"\necho x >> {tmp_path}/starts\necho", 1))
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return path


@pytest.mark.jail
def test_a_jail_that_cannot_be_opened_is_not_tried_with_every_program_and_recovers(broken, monkeypatch):
    monkeypatch.setattr(backoff, "_FIRST_WAIT_S", 0.3)
    sandbox = Sandbox("numpy")
    for _ in range(50):
        with pytest.raises(SandboxUnavailable, match="cannot allocate memory"):
            sandbox.run(INNOCENT, CALL)
    starts = len((broken.parent / "starts").read_text().splitlines())
    assert starts <= 2 * 3  # two tries at once, perhaps a third; each may first try a user namespace
    assert sandbox.snapshot()["failures_in_a_row"] >= 2
    assert sandbox.snapshot()["next_try_s"] > 0
    broken.unlink()
    time.sleep(sandbox._backoff.wait_s)
    with sandbox:
        assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
        assert sandbox.snapshot()["failures_in_a_row"] == 0


@pytest.mark.jail
def test_an_old_zygote_serves_on_while_its_successor_cannot_be_opened(broken, monkeypatch):
    from grader.sandbox import supervisor

    real = broken.read_text()
    broken.unlink()
    with Sandbox("numpy") as sandbox:
        broken.write_text(real)
        broken.chmod(0o755)
        monkeypatch.setattr(supervisor, "_RECYCLE_RUNS", 1)
        for _ in range(8):
            assert only_result(sandbox.run(INNOCENT, CALL)).value == 42
            time.sleep(0.05)
        assert sandbox.snapshot()["failures_in_a_row"] <= 1
        assert sandbox.snapshot()["recycled"] == 0


@pytest.mark.jail
def test_zygotes_that_die_at_every_program_end_in_a_pause_with_a_reason():
    with Sandbox("numpy") as sandbox:
        kill_zygote = sandbox._take_seat

        def take_and_kill(limits):
            seat = kill_zygote(limits)
            assert sandbox._zygote is not None
            for pid in descendants(sandbox._zygote._process.pid):
                os.kill(pid, signal.SIGKILL)
            return seat

        sandbox._take_seat = take_and_kill  # type: ignore[method-assign]
        for _ in range(2):
            with pytest.raises(SandboxError) as raised:
                sandbox.run(INNOCENT, CALL)
            assert not isinstance(raised.value, SandboxUnavailable)
        with pytest.raises(SandboxUnavailable, match="2 times in a row"):
            sandbox.run(INNOCENT, CALL)
        sandbox._take_seat = kill_zygote  # type: ignore[method-assign]
        time.sleep(sandbox._backoff.wait_s)
        assert sandbox.run(INNOCENT, CALL).status is Status.COMPLETED


@pytest.mark.jail
def test_the_snapshot_counts_what_happened():
    with Sandbox("numpy", parked=2) as sandbox:
        for source in ("def f(): return 42\n", "def f(): return 1\n", "def f(: \n", "import os\ndef f(): os.fork()\n"):
            sandbox.run(Program(source), CALL)
        assert sandbox._zygote is not None
        os.kill(sandbox._zygote._process.pid, signal.SIGKILL)
        sandbox._zygote._process.wait()
        sandbox.run(INNOCENT, CALL)
        seen = sandbox.snapshot()
    assert seen["ends"] == {"completed": 3, "forbidden_operation": 1, "syntax_error": 1}
    assert (seen["runs"], seen["errors"], seen["openings"], seen["crashes"]) == (5, 0, 2, 1)
    assert (seen["kind"], seen["pool"], seen["recycled"], seen["next_try_s"]) == ("numpy", 2, 0, 0.0)
    assert 0 < seen["refill_ms"] < 10_000
    assert 0 <= seen["parked"] <= 2
