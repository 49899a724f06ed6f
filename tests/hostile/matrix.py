"""Which layer stops what: every goal of an attacker, tried with one layer off at a time.

`python -m tests.hostile.matrix` writes docs/sandbox-matrix.md anew.
"""

import contextlib
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Call, Program, Sandbox, SandboxError, Status
from tests.hostile.goals import GOALS, Goal
from tests.hostile.weakened import LAYERS, Weakening, weakened

PAGE = Path(__file__).parents[2] / "docs" / "sandbox-matrix.md"
CANARY = "hostile-canary-in-the-environment"


@dataclass(frozen=True)
class Row:
    """What was seen with one layer off."""

    layer: str
    noticed: str  # what the supervisor said before any source was sent, "" if it noticed nothing
    works: bool  # whether a jail comes about at all without the layer and without the look from outside
    reached: tuple[str, ...]  # the goals that a program then reaches


@contextlib.contextmanager
def host() -> Iterator[dict[str, Any]]:
    """Give what an attacker may know of this machine: a secret file, an open port, an abstract socket, a variable."""
    with (
        tempfile.TemporaryDirectory(prefix="baremath-host-") as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        Path(folder).chmod(0o755)
        secret = Path(folder) / "secret"
        secret.write_text("secret")
        secret.chmod(0o644)
        name = f"\0baremath-hostile-{os.getpid()}"
        abstract.bind(name)
        abstract.listen()
        yield {
            "python": str(Path(sys.executable).resolve()),
            "secret": str(secret),
            "port": server.getsockname()[1],
            "abstract": name,
            "canary": CANARY,
        }


def row(weakening: Weakening, known: dict[str, Any]) -> Row:
    """Try every goal without that layer."""
    noticed = _noticed(weakening)
    try:
        with weakened("numpy", weakening, blind=True) as sandbox:
            reached = tuple(goal.name for goal in GOALS if _reaches(sandbox, goal, known))
    except SandboxError:
        return Row(weakening.layer, noticed, works=False, reached=())
    return Row(weakening.layer, noticed, works=True, reached=reached)


def _noticed(weakening: Weakening) -> str:
    try:
        with weakened("numpy", weakening, blind=False) as sandbox:
            sandbox.open()
    except SandboxError as error:
        return str(error)
    return ""


def _reaches(sandbox: Sandbox, goal: Goal, known: dict[str, Any]) -> bool:
    sandbox.open()
    try:
        outcome = sandbox.run(Program(goal.source), [Call("f", {"host": known})], goal.limits)
    except SandboxError:  # it broke the jail for itself; the next program gets another
        return False
    values = [result.value for result in outcome.results]
    return outcome.status is Status.COMPLETED and any(
        value is True or isinstance(value, np.ndarray) for value in values
    )


def line(found: Row) -> str:
    """Return the row of the table."""
    noticed = "yes" if found.noticed else "no"
    if not found.works:
        return f"| {found.layer} | yes | nothing: no jail comes about without it |"
    return f"| {found.layer} | {noticed} | {'; '.join(found.reached) or 'nothing'} |"


_PAGE = """# Which layer stops what

Written by `python -m tests.hostile.matrix`; `tests/hostile/test_matrix.py` holds it against fresh runs.

Each row is a jail with exactly one layer off, which only tests can do: they run a changed copy of the guest code or
replace a function of the supervisor in their own process. No setting, variable or argument reaches that
(`test_nothing_outside_of_the_tests_can_take_a_layer_away`).

- *Noticed*: whether the supervisor refuses such a jail before any source is sent.
- *A program then reaches*: which of {count} goals of an attacker a program attains, with the supervisor's look from
  outside taken away as well. "Nothing" means that at least one other layer stands behind this one.

With no layer off a program reaches nothing. The goals are: {goals}.

| Layer taken away | Noticed | A program then reaches |
|---|---|---|
{rows}
"""


def main() -> None:
    """Write the page anew."""
    with host() as known, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAREMATH_CANARY", CANARY)
        rows = [row(weakening, known) for weakening in LAYERS]
    goals = ", ".join(goal.name for goal in GOALS)
    PAGE.write_text(_PAGE.format(count=len(GOALS), goals=goals, rows="\n".join(line(found) for found in rows)))


if __name__ == "__main__":
    main()
