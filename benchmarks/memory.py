"""What a zygote and its parked children take: proportional set size, in which a shared page counts once for all."""

import os
import time
from pathlib import Path

from grader.sandbox import Kind, Sandbox

_WITHIN_S = 60.0
_AT_REST_S = 0.3


def held_by_jail(kind: Kind, children: int) -> dict[str, float] | str:
    """Return the MiB held by a jail with so many parked children; a sentence where /proc does not tell us.

    `zygote_mib` is the share of the largest process; what else a jail needs besides its children is in `together_mib`.
    """
    before = set(_descendants(os.getpid()))
    with Sandbox(kind, parked=children):
        sizes = [proportional_mib(pid) for pid in _wait_for_children(before, children)]
    if not all(sizes):
        return "not measured: only root may read the memory of a locked-down process"
    zygote, largest, *_ = sorted(sizes, reverse=True)
    return {"children": children, "zygote_mib": zygote, "child_mib": largest, "together_mib": round(sum(sizes), 1)}


def _wait_for_children(before: set[int], children: int) -> list[int]:
    """Return the processes of the new jail once all its children are there and at rest."""
    ends = time.monotonic() + _WITHIN_S
    seen: list[int] = []
    while time.monotonic() < ends:
        time.sleep(_AT_REST_S)
        jailed = [pid for pid in _descendants(os.getpid()) if pid not in before and not _is_bubblewrap(pid)]
        if len(jailed) > children and jailed == seen and all(_state(pid) == "S" for pid in jailed):
            return jailed
        seen = jailed
    raise RuntimeError(f"A jail with {children} parked children did not come up within {_WITHIN_S:g} s.")


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    todo = [pid]
    while todo:
        parent = todo.pop()
        children = [int(child) for child in _text(Path(f"/proc/{parent}/task/{parent}/children")).split()]
        found += children
        todo += children
    return found


def _is_bubblewrap(pid: int) -> bool:
    return _text(Path(f"/proc/{pid}/comm")).strip() == "bwrap"


def _state(pid: int) -> str:
    return _text(Path(f"/proc/{pid}/stat")).rpartition(")")[2][1:2]


def proportional_mib(pid: int) -> float:
    """Return the proportional set size, 0 where this user may not read it."""
    for line in _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
