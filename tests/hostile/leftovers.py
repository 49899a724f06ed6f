"""What a hostile program could leave behind, looked for from outside the jail."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.grader.sandbox.processes import open_descriptors, wait_until

_SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/")
_SYSTEM_V = ("shm", "sem", "msg")
_QUIET_S = 0.3
_SEAT = 1  # whether a waiting child has been let in yet differs; anything that stays adds up to more


@dataclass(frozen=True)
class Traces:
    """Everything of the sandboxes of this process that outlives a run."""

    processes: int  # bubblewrap, the zygote, and the children that wait for a program
    descriptors: int
    files: tuple[str, ...]
    system_v: tuple[str, ...]

    def is_within(self, before: "Traces") -> bool:
        return (
            self.processes <= before.processes + _SEAT
            and self.descriptors <= before.descriptors + 6 * _SEAT
            and (self.files, self.system_v) == (before.files, before.system_v)
        )


def traces() -> Traces:
    jail = jail_processes()
    inside = [name for pid in jail if _is_zygote(pid) for name in _names(Path(f"/proc/{pid}/root/tmp"))]
    outside = [name for folder in _SHARED_FOLDERS for name in _names(Path(folder)) if "hostile" in name]
    return Traces(len(jail), len(open_descriptors()), tuple(inside + outside), tuple(_system_v()))


def quiet_traces() -> Traces:
    """Return what is there once nothing has changed for a while: the sandbox has refilled its seats."""
    last, since = traces(), time.monotonic()
    while time.monotonic() - since < _QUIET_S:
        time.sleep(0.02)
        now = traces()
        if now != last:
            last, since = now, time.monotonic()
    return last


def settles_within(before: Traces) -> None:
    """Wait until nothing is there that was not there `before`."""
    wait_until(lambda: traces().is_within(before))


def jail_processes() -> list[int]:
    """Return all processes below this one."""
    found = [os.getpid()]
    for pid in found:
        for thread in _names(Path(f"/proc/{pid}/task")):
            found += [int(child) for child in _text(Path(thread) / "children").split()]
    return found[1:]


def _system_v() -> Iterator[str]:
    """Yield the kind and number of each System V object that belongs to the user of this process."""
    for kind in _SYSTEM_V:
        header, *lines = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()
        names = header.split()
        for line in lines:
            values = dict(zip(names, line.split(), strict=True))
            if int(values["uid"]) == os.getuid():
                yield f"{kind} {values[names[1]]}"


def _is_zygote(pid: int) -> bool:
    """Whether `pid` has the /tmp that all children of a sandbox start from."""
    return _numbers(pid) == _numbers(os.getpid()) + 1


def _numbers(pid: int) -> int:
    """Return in how many process namespaces `pid` has a number; 0 if it is gone."""
    lines = _text(Path(f"/proc/{pid}/status")).splitlines()
    return next((len(line.split()) - 1 for line in lines if line.startswith("NSpid:")), 0)


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _names(folder: Path) -> list[str]:
    try:
        return sorted(str(path) for path in folder.iterdir())
    except OSError:
        return []


def groups() -> list[Path]:
    """Return the control groups of this process's sandboxes."""
    return [path for path in Path("/sys/fs/cgroup").rglob(f"baremath.{os.getpid()}-*") if path.is_dir()]


def private_mib() -> float:
    """Return the memory of this process that nobody shares."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024
