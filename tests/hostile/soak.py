"""A thousand submissions, half of them hostile, through several supervisors at once.

`python -m tests.hostile.soak --submissions 1000 --supervisors 4` prints what was measured and fails if anything that
must hold did not. Each supervisor is a process of its own, as workers are.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.sandbox import Call, Limits, Program, Sandbox, SandboxError, Status
from tests.hostile.attack import Attack
from tests.hostile.leftovers import private_mib, traces
from tests.hostile.programs import GROUPS
from tests.hostile.test_programs import ending

ROOT = Path(__file__).parents[2]
SLACK = 1.1
TICK_S = 0.05  # what a clock of this machine can be late by, whatever the limit
ATTEMPTS = 3  # as a worker gives an error of ours
_SAMPLE_S = 0.2
_X = np.arange(4.0)
_HONEST = (
    ("def f(x): return x + 1", lambda x: x + 1),
    ("import numpy as np\ndef f(x): return np.linalg.inv(np.outer(x, x) + np.eye(4)).sum()", None),
    ("def f(x):\n    s = 0.0\n    for v in x: s += float(v) ** 2\n    return s", lambda x: float((x**2).sum())),
)


@dataclass
class Tally:
    """What one supervisor saw."""

    honest: int = 0
    hostile: int = 0
    refused: int = 0  # honest ones that were not accepted
    wrong: int = 0  # hostile ones with another ending than theirs
    lost: int = 0
    retried: int = 0
    cpu_over: float = 0.0  # the largest share of a limit that was used
    wall_over: float = 0.0
    memory_over: float = 0.0
    private_mib_before: float = 0.0
    private_mib_after: float = 0.0


def supervise(number: int, submissions: int) -> Tally:
    """Run `submissions` programs, every other one hostile, in a shuffled order."""
    chance = random.Random(number)
    attacks = [attack for attacks in GROUPS.values() for attack in attacks]
    chosen: list[Attack | None] = [chance.choice(attacks) if index % 2 else None for index in range(submissions)]
    chance.shuffle(chosen)
    tally = Tally()
    with Sandbox("numpy") as sandbox:
        for index, attack in enumerate(chosen):
            if index == min(50, submissions // 4):
                tally.private_mib_before = private_mib()
            if attack is None:
                _honest(sandbox, tally, index)
            else:
                _hostile(sandbox, tally, attack)
        tally.private_mib_after = private_mib()
    return tally


def _honest(sandbox: Sandbox, tally: Tally, index: int) -> None:
    tally.honest += 1
    source, expected = _HONEST[index % len(_HONEST)]
    outcome = _run(sandbox, tally, source, Limits())
    if outcome is None:
        return
    value = outcome.results[0].value if outcome.status is Status.COMPLETED else None
    if value is None or (expected is not None and not np.array_equal(value, expected(_X))):
        tally.refused += 1


def _hostile(sandbox: Sandbox, tally: Tally, attack: Attack) -> None:
    tally.hostile += 1
    began = time.monotonic()
    outcome = _run(sandbox, tally, attack.source, attack.limits)
    if outcome is None:
        return
    taken_s = time.monotonic() - began
    limits = attack.limits
    if isinstance(attack.expected, Status):  # values were computed for another x
        tally.wrong += ending(outcome) != attack.expected
    tally.cpu_over = max(tally.cpu_over, (outcome.cpu_s - TICK_S) / limits.cpu_s)
    tally.wall_over = max(tally.wall_over, (taken_s - TICK_S) / limits.wall_s)
    tally.memory_over = max(tally.memory_over, outcome.peak_memory_mib / limits.memory_mib)


def _run(sandbox: Sandbox, tally: Tally, source: str, limits: Limits) -> Any:
    for _ in range(ATTEMPTS):
        try:
            return sandbox.run(Program(source), [Call("f", {"x": _X})], limits)
        except SandboxError as error:
            sys.stderr.write(f"{error}\n")
            tally.retried += 1
    tally.lost += 1
    return None


def soak(submissions: int, supervisors: int) -> dict[str, Any]:
    """Run the supervisors side by side and return the sum of what they saw, and what they left behind."""
    before, memory_before = traces(), available_mib()
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.hostile.soak", "--submissions", str(submissions // supervisors)]
    workers = [
        subprocess.Popen([*command, "--number", str(number)], cwd=ROOT, stdout=subprocess.PIPE)
        for number in range(supervisors)
    ]
    lowest = min(_watch(workers))
    tallies = [Tally(**json.loads(worker.communicate()[0])) for worker in workers]
    sums: Counter[str] = Counter()
    for tally in tallies:
        sums.update(
            {name: getattr(tally, name) for name in ("honest", "hostile", "refused", "wrong", "lost", "retried")}
        )
    after = traces()
    return {
        **sums,
        "seconds": round(time.monotonic() - began, 1),
        "cpu share of limit": round(max(tally.cpu_over for tally in tallies), 3),
        "wall share of limit": round(max(tally.wall_over for tally in tallies), 3),
        "memory share of limit": round(max(tally.memory_over for tally in tallies), 3),
        "supervisor growth MiB": round(max(t.private_mib_after - t.private_mib_before for t in tallies), 1),
        "host memory MiB: before, lowest, after": [round(memory_before), round(lowest), round(available_mib())],
        "left behind": [] if after.is_within(before) else [repr(before), repr(after)],
        "groups left": [str(path) for worker in workers for path in groups_of(worker.pid)],
    }


def _watch(workers: list[subprocess.Popen[bytes]]) -> Iterator[float]:
    """Yield the available memory until all workers have ended."""
    yield available_mib()
    while any(worker.poll() is None for worker in workers):
        time.sleep(_SAMPLE_S)
        yield available_mib()


def available_mib() -> float:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("MemAvailable:"))


def groups_of(pid: int) -> list[Path]:
    return [path for path in Path("/sys/fs/cgroup").rglob(f"baremath.{pid}-*") if path.is_dir()]


def failures(seen: dict[str, Any]) -> list[str]:
    """Return what must hold and did not."""
    found = [name for name in ("refused", "wrong", "lost") if seen.get(name)]
    found += [
        name for name in ("cpu share of limit", "wall share of limit", "memory share of limit") if seen[name] > SLACK
    ]
    return found + [name for name in ("left behind", "groups left") if seen[name]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--supervisors", type=int, default=4)
    parser.add_argument("--number", type=int, help="be one of the supervisors")
    options = parser.parse_args()
    if options.number is not None:
        sys.stdout.write(json.dumps(vars(supervise(options.number, options.submissions))))
        return
    seen = soak(options.submissions, options.supervisors)
    sys.stdout.write(json.dumps(seen, indent=2) + "\n")
    sys.exit(f"did not hold: {', '.join(failures(seen))}" if failures(seen) else 0)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
