"""With one layer off at a time: what notices it, what still stops an attacker, and that nobody else can do it."""

import ast
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import grader.sandbox
from grader import health, heartbeats, worker
from grader.sandbox import Sandbox, SandboxError, SandboxUnavailable
from grader.sandbox.canaries import BreachError, Patrol, breached
from grader.sandbox.layers import check_layers
from tests.hostile import matrix
from tests.hostile.goals import GOALS
from tests.hostile.weakened import LAYERS, NOTHING_OFF, layer, weakened, without

SOURCES = sorted(Path(grader.sandbox.__file__).parent.rglob("*.py"))


@pytest.fixture(scope="module")
def known() -> Iterator[dict[str, Any]]:
    with matrix.host() as known, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAREMATH_CANARY", matrix.CANARY)
        yield known


@pytest.mark.jail
def test_in_the_whole_jail_no_goal_is_reached(known: dict[str, Any]) -> None:
    assert matrix.row(NOTHING_OFF, known) == matrix.Row("none", noticed="", works=True, reached=())


@pytest.mark.jail
@pytest.mark.parametrize(
    "name",
    ["seccomp", "landlock", "no capabilities", "child: process namespace", "child: mount namespace",
     "child: closed descriptors", "rlimits", "bubblewrap: few files"],
)  # fmt: skip
def test_the_page_shows_what_a_fresh_run_shows(known: dict[str, Any], name: str) -> None:
    assert matrix.line(matrix.row(layer(name), known)) in matrix.PAGE.read_text().splitlines()


def test_the_page_has_a_row_for_every_layer() -> None:
    rows = [line.split(" | ")[0] for line in matrix.PAGE.read_text().splitlines() if line.startswith("| ")]
    assert rows[1:] == [f"| {weakening.layer}" for weakening in LAYERS]
    assert len({goal.name for goal in GOALS}) == len(GOALS)


CAUGHT = {
    "seccomp": "network (system call filter)",
    "landlock": "folders (landlock)",
    "rlimits": "open files (resource limits)",
    "child: closed descriptors": "descriptors (lock-down)",
    "child: cover of /proc": "other processes (bubblewrap)",
    "child: size of the scratch folder": "number of files (lock-down)",
    "supervisor: cap on prints": "prints (supervisor)",
    "supervisor: cap on results": "size of results (supervisor)",
}


@pytest.mark.jail
@pytest.mark.parametrize("name", CAUGHT)
def test_a_layer_that_opens_a_way_is_caught_by_a_canary(name: str) -> None:
    with weakened("numpy", layer(name), blind=True) as sandbox:
        assert CAUGHT[name] in str(BreachError(breached(sandbox)))


@pytest.mark.jail
def test_every_way_that_one_missing_layer_opens_is_noticed_from_outside_or_by_a_canary() -> None:
    rows = [line.split(" | ") for line in matrix.PAGE.read_text().splitlines() if line.startswith("| ")][1:]
    opened = {cells[0].removeprefix("| ") for cells in rows if cells[1] == "no" and cells[2] != "nothing |"}
    assert opened - CAUGHT.keys() <= {
        "child: scratch folder of its own",
        "rlimits of the program",
        "supervisor: clocks",
    }


@pytest.mark.jail
def test_a_patrol_finds_the_gap_within_one_round() -> None:
    with weakened("numpy", layer("rlimits"), blind=True) as sandbox:
        patrol = Patrol(sandbox)
        with pytest.raises(BreachError, match="open files"):
            _walk(patrol)


def _walk(patrol: Patrol) -> None:
    for _ in range(100):
        patrol.step()


def test_a_patrol_leaves_a_busy_sandbox_alone() -> None:
    sandbox = Sandbox("numpy")
    released, taken = threading.Event(), threading.Event()

    def busy() -> None:
        with sandbox._lock:
            taken.set()
            released.wait(10)

    runner = threading.Thread(target=busy)
    runner.start()
    taken.wait(10)
    Patrol(sandbox).step()
    assert sandbox._pool is None  # it has not even been opened
    released.set()
    runner.join()


@pytest.mark.jail
def test_the_check_of_the_layers_names_the_one_that_is_off() -> None:
    with without(layer("landlock"), blind=True):
        broken = [found for found in check_layers() if not found.holds]
    assert [(found.name, found.reason) for found in broken] == [
        ("landlock", "These attacks succeeded: folders, guest code, devices.")
    ]


@pytest.mark.jail
@pytest.mark.django_db
def test_a_worker_whose_jail_has_a_gap_grades_nothing(broker: Any) -> None:
    process = worker.GradingProcess()
    with without(layer("landlock"), blind=True), pytest.raises(SandboxUnavailable, match="folders") as caught:
        process.sandbox("numpy")
    process.report_broken_jail(caught.value)
    (state,) = heartbeats.worker_states()
    assert "did not hold: folders (landlock)" in state.reason
    assert "folders" in health.readiness()["jail"].reason
    assert not health.readiness()["jail"].ok
    with pytest.raises(BreachError):  # also now that the layer is back: nobody knows what happened meanwhile
        process.sandbox("numpy")
    process.stop()


@pytest.mark.jail
@pytest.mark.django_db
def test_a_gap_that_opens_while_a_worker_runs_stops_it(broker: Any) -> None:
    process = worker.GradingProcess()
    process.sandbox("numpy")
    process._step_patrols()
    assert heartbeats.worker_states() == []  # nothing to report
    with without(layer("seccomp"), blind=True):
        process._sandboxes["numpy"].close()  # as when its zygote is replaced
        for _ in range(30):
            process._step_patrols()
    (state,) = heartbeats.worker_states()
    assert "did not hold" in state.reason
    with pytest.raises(BreachError):
        process.sandbox("numpy")
    process.stop()


def test_nothing_outside_of_the_tests_can_take_a_layer_away() -> None:
    """The sandbox reads one variable, which names a place for control groups, and no settings and no arguments."""
    names: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
                names.add(path.name)
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "tests" not in ast.unparse(node)
                assert "settings" not in ast.unparse(node)
    assert names == {"cgroups.py"}
    assert [path.name for path in SOURCES if "argv" in path.read_text()] == ["bubblewrap.py", "zygote.py"]


@pytest.mark.jail
def test_no_variable_of_the_worker_changes_the_jail(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "BAREMATH_SANDBOX",
        "SANDBOX",
        "BAREMATH_INSECURE",
        "DEBUG",
        "PYTHONPATH",
        "LD_PRELOAD",
        "PYTHONSTARTUP",
    ):
        monkeypatch.setenv(name, "0")
    with Sandbox("numpy", parked=1) as sandbox:
        assert breached(sandbox) == []


@pytest.mark.jail
@pytest.mark.parametrize("weakening", LAYERS, ids=lambda weakening: weakening.layer)
def test_what_the_supervisor_notices_it_refuses(weakening: Any) -> None:
    noticed = f"| {weakening.layer} | yes |" in matrix.PAGE.read_text()
    with weakened("numpy", weakening, blind=False) as sandbox:
        if noticed:
            with pytest.raises(SandboxError):
                sandbox.open()
        else:
            sandbox.open()
