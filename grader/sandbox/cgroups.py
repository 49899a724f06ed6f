"""Memory and process limits of a whole sandbox: one control group for the zygote and the child it forks.

The child is born in the zygote's group, so no process is moved between submissions (a move costs about 10 ms); before
each run the limit is set to what is in use at that moment plus what the submission may take. Works with cgroup v2, with
v1, and with both at once (hierarchies.py). Where no group can be made, `open_cgroup` gives None and the limits on the
address space of the one unforkable child stand alone (docs/sandbox.md says why that holds).
"""

import contextlib
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import hierarchies
from grader.sandbox.hierarchies import Places
from grader.sandbox.outcome import SandboxUnavailable
from grader.sandbox.proc import read

_PREFIX = "baremath"
_MAX_PROCESSES = 32  # the zygote, up to 16 parked children, and those that are just ending
_MIB = 2**20
_VANISH_S = 1.0
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class _Files:
    """The names the two versions give to the same knobs of the memory controller."""

    limit: str
    usage: str
    events: str
    fixed: dict[str, str]  # nothing is swapped; out of memory, one process ends and not all


_V1 = _Files("memory.limit_in_bytes", "memory.usage_in_bytes", "memory.oom_control", {"memory.swappiness": "0"})
_V2 = _Files("memory.max", "memory.current", "memory.events", {"memory.swap.max": "0", "memory.oom.group": "0"})
_V1_LIMIT_WITH_SWAP, _V1_USAGE_WITH_SWAP = "memory.memsw.limit_in_bytes", "memory.memsw.usage_in_bytes"


class Cgroup:
    """The group of one sandbox: one folder, or one for memory and one for pids where they are in two hierarchies."""

    def __init__(self, places: Places, name: str) -> None:
        self._memory = places.memory / name
        self._pids = places.pids / name
        self._files = _V1 if places.memory_is_v1 else _V2
        self._counts_swap = False  # v1 with swap accounting: memory and swap together have a limit of their own
        self._limit = float("inf")

    @property
    def paths(self) -> set[Path]:
        return {self._memory, self._pids}

    def make(self) -> None:
        """Make the folders. Raises `OSError`."""
        for path in self.paths:
            path.mkdir()

    def fix(self) -> None:
        """Set what is the same for every run. Raises `OSError` where the kernel does not take it."""
        _write(self._pids / "pids.max", str(_MAX_PROCESSES))
        for path, value in [(self._memory / name, value) for name, value in self._files.fixed.items()]:
            if path.exists():  # without swap accounting there is nothing to set
                _write(path, value)
                if path.read_text().strip() != value:
                    raise OSError(f"{path} does not take {value}")
        (self._memory / self._files.limit).read_text()
        self._counts_swap = (self._memory / _V1_LIMIT_WITH_SWAP).exists()

    def attach(self, pid: int) -> None:
        """Move a process, and with it all its later children, into the group."""
        for path in self.paths:
            _write(path / "cgroup.procs", str(pid))

    def holds(self, pid: int) -> bool:
        """Whether the process `pid` is in the group, as the kernel sees it."""
        return all(str(pid) in read(path / "cgroup.procs").split() for path in self.paths)

    def limit_memory(self, extra_mib: int) -> None:
        """Let the processes of the group take `extra_mib` more than they hold now, in memory and swap together."""
        used = self._number(self._files.usage)
        limits = [(self._files.limit, used + extra_mib * _MIB)]
        if self._counts_swap:
            used = max(used, self._number(_V1_USAGE_WITH_SWAP))
            limits.append((_V1_LIMIT_WITH_SWAP, used + extra_mib * _MIB))
        # At no moment may the limit on memory be above the one on memory and swap.
        for name, limit in reversed(limits) if limits[-1][1] >= self._limit else limits:
            _write(self._memory / name, str(limit))
        self._limit = limits[0][1]

    def _number(self, name: str) -> int:
        return int(read(self._memory / name))

    def out_of_memory_kills(self) -> int:
        lines = read(self._memory / self._files.events).splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)

    def kill(self) -> None:
        """Kill every process of the group at once, where the kernel offers that (v2, Linux 5.14)."""
        for path in self.paths:
            with contextlib.suppress(OSError):  # besides that, its zygote is killed, and with it the namespace
                _write(path / "cgroup.kill", "1")

    def remove(self) -> None:
        """End what is left in the group and remove it; one that takes too long is left to the next sweep."""
        self.kill()
        for path in self.paths:
            deadline = time.monotonic() + _VANISH_S
            while path.is_dir() and not _removed(path) and time.monotonic() < deadline:
                time.sleep(0.005)


def _write(path: Path, text: str) -> None:
    """Write to a file of the kernel's, in one piece and without making it where it is missing."""
    descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _removed(path: Path) -> bool:
    try:
        path.rmdir()
    except OSError:  # a process that was killed leaves its group a little after it has ended
        return False
    return True


def open_cgroup(pid: int) -> Cgroup | None:
    """Make a group of this process's own and move `pid` into it, or return None where the system does not let us.

    Raises `SandboxUnavailable` if the operator named a place (BAREMATH_CGROUP) and it cannot be used.
    """
    try:
        return make_cgroup(pid)
    except SandboxUnavailable:
        if named_place():
            raise
        return None


def named_place() -> Path | None:
    """Return the folder that the operator wants the groups in."""
    given = os.environ.get("BAREMATH_CGROUP")
    return Path(given) if given else None


def make_cgroup(pid: int) -> Cgroup:
    """Do what `open_cgroup` does, but raise `SandboxUnavailable` with reason and remedy where no group can be made."""
    place = named_place()
    places = hierarchies.named(place) if place else hierarchies.find(*_own_place())
    sweep({places.memory, places.pids})
    group = Cgroup(places, f"{_PREFIX}.{_identity(os.getpid())}.{next(_numbers)}")
    try:
        group.make()
        group.fix()
        group.attach(pid)
    except OSError as error:
        for path in group.paths:
            _removed(path)  # not `remove`: `pid` may be in one of them
        raise SandboxUnavailable(f"A control group cannot be used: {error}.", hierarchies.DELEGATE) from error
    return group


def _own_place() -> tuple[str, str]:
    return Path("/proc/self/cgroup").read_text("utf-8"), Path("/proc/self/mountinfo").read_text("utf-8")


def sweep(bases: set[Path]) -> None:
    """Remove the groups of supervisors that are no longer alive.

    Only empty ones: a supervisor that is unknown here may live in another process namespace.
    """
    for base in bases:
        for path in base.glob(f"{_PREFIX}.*"):
            identity = path.name.split(".")[1]
            if identity != _identity(int(identity.split("-")[0])):
                _removed(path)


def _identity(pid: int) -> str:
    """Return `pid` and its start time, so that no reused pid is taken for its predecessor; "" if it does not run."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return ""
    return f"{pid}-{stat.rpartition(')')[2].split()[19]}"
