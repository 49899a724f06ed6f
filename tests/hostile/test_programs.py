"""Every hostile program gets its own outcome, and the innocent program that follows is unharmed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import Call, Limits, Outcome, Program, Sandbox, Status
from tests.hostile.programs import FILES, KERNEL, MEMORY, NETWORK, PROGRAMS, Hostile, Raises

pytestmark = pytest.mark.jail

LIMITS = Limits(cpu_s=0.5, wall_s=2.0, memory_mib=64, prints_kib=16, output_mib=2)
X = np.arange(3.0)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox("numpy") as sandbox:
        yield sandbox


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_hostile_program(sandbox: Sandbox, program: Hostile) -> None:
    check(sandbox, program)


@pytest.fixture(scope="module")
def torch_sandbox() -> Iterator[Sandbox]:
    with Sandbox("torch") as sandbox:
        yield sandbox


@pytest.mark.parametrize("program", FILES + KERNEL + NETWORK, ids=lambda program: program.name)
def test_hostile_program_among_tensors(torch_sandbox: Sandbox, program: Hostile) -> None:
    check(torch_sandbox, program)


def check(sandbox: Sandbox, program: Hostile) -> None:
    outcome = sandbox.run(Program(program.source), [Call("f", {"x": X})], LIMITS)
    assert ending(outcome) == program.expected, outcome
    assert program.detail in outcome.detail, outcome
    innocent = sandbox.run(Program("def f(x): return x + 1\n"), [Call("f", {"x": X})], LIMITS)
    assert innocent.status is Status.COMPLETED, innocent
    np.testing.assert_array_equal(innocent.results[0].value, X + 1)


def ending(outcome: Outcome) -> Status | Raises:
    """Return the status, or the exception of the one call where there was one."""
    if outcome.status is Status.COMPLETED and outcome.results[0].error is not None:
        return Raises(outcome.results[0].error.type)
    return outcome.status


# Ends by time and not by memory where only the address space is limited: unwinding a million frames is slow.
NEEDS_CGROUP = {"endless recursion with a raised limit"}


def test_memory_is_bounded_without_any_control_group() -> None:
    """The same memory bombs, run where /sys/fs/cgroup is empty: the limits on the one process must do."""
    script = 'mount -t tmpfs none /sys/fs/cgroup && exec "$0" -m tests.hostile.test_programs'
    command = ["unshare", "--user", "--map-current-user", "--mount", "sh", "-c", script, sys.executable]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, "no control group\n"), done.stderr


def main() -> None:
    with Sandbox("numpy") as sandbox:
        assert sandbox._zygote is not None
        if sandbox._zygote.cgroup is None:
            sys.stdout.write("no control group\n")
        for program in MEMORY:
            if program.name not in NEEDS_CGROUP:
                check(sandbox, program)


if __name__ == "__main__":
    main()
