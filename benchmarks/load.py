"""Many submissions: how many a second, and what they leave behind in the process that sends them."""

import multiprocessing
import os
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.ways import INPUT, SOURCE
from grader.sandbox import Call, Kind, Program, Sandbox, Status

_SPAWN = multiprocessing.get_context("spawn")  # a supervisor starts in a process of its own, as in a worker
_OPENED_WITHIN_S = 180


def throughput(kind: Kind, supervisors: int, seconds: float) -> float:
    """Return the verdicts a second that so many supervisors reach together, each in its own process."""
    start = _SPAWN.Barrier(supervisors)
    with _SPAWN.Pool(supervisors, _remember, (start,)) as pool:
        counts = [pool.apply_async(_count, (kind, seconds)) for _ in range(supervisors)]
        return round(sum(count.get() for count in counts), 1)


def endurance(kind: Kind, first: int, last: int) -> list[dict[str, int]]:
    """Return resident memory and open descriptors of one supervisor after `first` and after `last` submissions."""
    with _SPAWN.Pool(1) as pool:
        return pool.apply(_endure, (kind, first, last))


_state: dict[str, Any] = {}


def _remember(start: Barrier) -> None:
    _state["start"] = start


def _count(kind: Kind, seconds: float) -> float:
    with Sandbox(kind) as sandbox:
        _submit(sandbox)
        _state["start"].wait(_OPENED_WITHIN_S)
        began = time.perf_counter()
        done = 0
        while time.perf_counter() - began < seconds:
            _submit(sandbox)
            done += 1
        return done / (time.perf_counter() - began)


def _endure(kind: Kind, first: int, last: int) -> list[dict[str, int]]:
    with Sandbox(kind) as sandbox:
        marks = []
        for number in range(1, last + 1):
            _submit(sandbox)
            if number in {first, last}:
                marks.append({"submissions": number, **_own_footprint()})
        return marks


def _submit(sandbox: Sandbox) -> None:
    outcome = sandbox.run(Program(SOURCE), [Call("f", {"x": np.array(INPUT)})])
    sandbox.refill()
    if outcome.status is not Status.COMPLETED:
        raise RuntimeError(f"A submission that must pass did not: {outcome.status}. {outcome.detail}")


def _own_footprint() -> dict[str, int]:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    resident_kib = pages * os.sysconf("SC_PAGE_SIZE") // 1024
    return {"resident_kib": resident_kib, "descriptors": len(list(Path("/proc/self/fd").iterdir()))}
