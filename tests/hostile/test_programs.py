"""Every hostile program gets its own ending, leaves nothing, and the innocent program that follows is unharmed."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import Call, Kind, Outcome, Program, Sandbox, Status
from tests.hostile.attack import Attack, Ending, Raises, Returns
from tests.hostile.leftovers import Traces, groups, private_mib, quiet_traces, settles_within
from tests.hostile.programs import GROUPS, TENSOR_GROUPS
from tests.hostile.programs.inputs import CANARY
from tests.hostile.programs.memory import BOMBS, LIMITS, MAPPINGS

pytestmark = pytest.mark.jail

X = np.arange(3.0)


@pytest.fixture(scope="module", params=["numpy", "torch"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """An open sandbox of each kind; what it may leave behind when it closes is looked at in the end."""
    kind: Kind = request.param
    groups_before = groups()
    with pytest.MonkeyPatch.context() as patch, Sandbox(kind, parked=1) as sandbox:
        patch.setenv("BAREMATH_CANARY", CANARY)
        innocent(sandbox)
        memory = private_mib()
        yield sandbox
        assert private_mib() < memory + 64
    assert groups() == groups_before


@pytest.fixture(scope="module")
def before(sandbox: Sandbox) -> Traces:
    return quiet_traces()


def parameters(named: dict[str, list[Attack]]) -> list:
    return [
        pytest.param(attack, id=f"{group}: {attack.name}") for group, attacks in named.items() for attack in attacks
    ]


@pytest.mark.parametrize("sandbox", ["numpy"], indirect=True)
@pytest.mark.parametrize("attack", parameters(GROUPS))
def test_hostile_program(sandbox: Sandbox, before: Traces, attack: Attack) -> None:
    check(sandbox, attack)
    settles_within(before)


@pytest.mark.parametrize("sandbox", ["torch"], indirect=True)
@pytest.mark.parametrize("attack", parameters(TENSOR_GROUPS))
def test_hostile_program_among_tensors(sandbox: Sandbox, before: Traces, attack: Attack) -> None:
    check(sandbox, attack)
    settles_within(before)


def check(sandbox: Sandbox, attack: Attack) -> None:
    outcome = sandbox.run(Program(attack.source), [Call("f", {"x": X})], attack.limits)
    assert ending(outcome) == attack.expected, outcome
    assert attack.detail in outcome.detail, outcome
    innocent(sandbox)


def innocent(sandbox: Sandbox) -> None:
    outcome = sandbox.run(Program("def f(x): return x + 1\n"), [Call("f", {"x": X})])
    assert outcome.status is Status.COMPLETED, outcome
    np.testing.assert_array_equal(outcome.results[0].value, X + 1)


def ending(outcome: Outcome) -> Ending:
    """Return the status, or what the one call came to where there was one."""
    if outcome.status is not Status.COMPLETED:
        return outcome.status
    (result,) = outcome.results
    if result.error is not None:
        return Raises(result.error.type)
    value = result.value
    return Returns(value.tolist() if isinstance(value, np.ndarray) else value, result.unsupported)


def test_every_program_has_a_name_of_its_own_and_there_are_enough_of_them() -> None:
    for attacks in (GROUPS | TENSOR_GROUPS).values():
        names = [attack.name for attack in attacks]
        assert len(set(names)) == len(names)
    assert sum(map(len, GROUPS.values())) > 400


def test_memory_is_bounded_without_any_control_group() -> None:
    """The same memory bombs, run where /sys/fs/cgroup is empty: the limits on the one process must do."""
    script = 'mount -t tmpfs none /sys/fs/cgroup && exec "$0" -m tests.hostile.test_programs'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, sys.executable]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, "no control group\n"), done.stderr


def main() -> None:
    with Sandbox("numpy") as sandbox:
        innocent(sandbox)
        assert sandbox._zygote is not None
        if sandbox._zygote.cgroup is None:
            sys.stdout.write("no control group\n")
        for attack in BOMBS + MAPPINGS + LIMITS:
            check(sandbox, replace(attack, limits=replace(attack.limits, cpu_s=2.0, wall_s=10.0)))


if __name__ == "__main__":
    main()
