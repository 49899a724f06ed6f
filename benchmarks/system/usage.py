"""What each service takes: CPU seconds and memory of its processes and of all that descend from them, from /proc."""

import os
from collections.abc import Mapping
from pathlib import Path

from benchmarks.memory import proportional_mib

_TICK = os.sysconf("SC_CLK_TCK")
_Stat = tuple[int, float, str]  # parent, CPU seconds with those of children that have ended, name
JAIL = "jail"


def cpu_seconds(roots: Mapping[str, int]) -> dict[str, float]:
    """Return the CPU seconds so far of each service, by its first process. `jail` is what bubblewrap started.

    A process counts its ended children once it has waited for them. What a replaced zygote had spent can be missing all
    the same: in one run with one worker process the jail came out at -0.8 ms a verdict. Why is not known.
    """
    stats = _everybody()
    spent = dict.fromkeys((*roots, JAIL), 0.0)
    for pid, name in members(roots, stats).items():
        spent[name] += stats[pid][1]
    return spent


def memory_mib(roots: Mapping[str, int]) -> dict[str, float]:
    """Return the proportional set size of each service: a page that processes share counts once."""
    held = dict.fromkeys((*roots, JAIL), 0.0)
    for pid, name in members(roots, _everybody()).items():
        held[name] += proportional_mib(pid)
    return {name: round(size, 1) for name, size in held.items()}


def services_of(roots: Mapping[str, int]) -> dict[int, str]:
    """Return the service that each process belongs to, those of the jail to their worker."""
    return members(roots, {pid: (stat[0], stat[1], "") for pid, stat in _everybody().items()})


def members(roots: Mapping[str, int], stats: Mapping[int, _Stat]) -> dict[int, str]:
    """Return the service that each process belongs to, or `jail`."""
    by_root = {pid: name for name, pid in roots.items()}
    found: dict[int, str] = {}

    def service(pid: int) -> str:
        if pid in found or pid not in stats:
            return found.get(pid, "")
        parent, _, program = stats[pid]
        name = by_root.get(pid) or service(parent)
        found[pid] = JAIL if name and program == "bwrap" else name
        return found[pid]

    for pid in stats:
        service(pid)
    return {pid: name for pid, name in found.items() if name}


def busy_seconds() -> float:
    """Return the CPU seconds that the whole machine has spent since it started, other people's work among them."""
    user, nice, system, _, _, irq, softirq, *_ = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(map(int, (user, nice, system, irq, softirq))) / _TICK


def _everybody() -> dict[int, _Stat]:
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return {pid: stat for pid in pids if (stat := _stat(pid))}


def _stat(pid: int) -> _Stat | None:
    try:
        before, _, after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    except OSError:
        return None
    fields = after.split()
    return int(fields[1]), sum(map(int, fields[11:15])) / _TICK, before.partition("(")[2]
