"""Memory and process limits of a whole sandbox: one control group for the zygote and the child it forks.

The child is born in the zygote's group, so no process is moved between submissions (a move costs about 10 ms); before
each run the limit is set to what is in use at that moment plus what the submission may take. Works with cgroup v2, with
v1, and with both at once. Where no group can be made, `open_cgroup` gives None and the limits on the address space of
the one unforkable child stand alone (docs/sandbox.md says why that holds).
"""

import contextlib
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.outcome import SandboxUnavailable

_ROOT = Path("/sys/fs/cgroup")
_PREFIX = "baremath"
_MAX_PROCESSES = 32  # the zygote, up to 16 parked children, and those that are just ending
_MIB = 2**20
_VANISH_S = 1.0
_INNER = "baremath-worker"  # where the processes of a service go when its group is divided
_MOVES = 10
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class _Files:
    """The names the two versions give to the same knobs."""

    limit: str
    usage: str
    swap: str
    events: str


_V1 = _Files("memory.limit_in_bytes", "memory.usage_in_bytes", "memory.swappiness", "memory.oom_control")
_V2 = _Files("memory.max", "memory.current", "memory.swap.max", "memory.events")


class Cgroup:
    """The group of one sandbox: one folder (v2) or one for memory and one for pids (v1)."""

    def __init__(self, memory: Path, pids: Path, files: _Files) -> None:
        self._memory = memory
        self._pids = pids
        self._files = files

    @property
    def paths(self) -> set[Path]:
        return {self._memory, self._pids}

    def attach(self, pid: int) -> None:
        """Move a process, and with it all its later children, into the group."""
        for path in self.paths:
            (path / "cgroup.procs").write_text(str(pid))

    def holds(self, pid: int) -> bool:
        """Whether the process `pid` is in the group, as the kernel sees it."""
        return all(str(pid) in (path / "cgroup.procs").read_text().split() for path in self.paths)

    def limit_memory(self, extra_mib: int) -> None:
        """Let the processes of the group take `extra_mib` more than they hold now."""
        (self._memory / self._files.limit).write_text("-1" if self._files is _V1 else "max")
        usage = int((self._memory / self._files.usage).read_text())
        (self._memory / self._files.limit).write_text(str(usage + extra_mib * _MIB))

    def out_of_memory_kills(self) -> int:
        lines = (self._memory / self._files.events).read_text().splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)

    def remove(self) -> None:
        """Remove the group; one whose processes take too long to vanish is left to the next sweep."""
        for path in self.paths:
            deadline = time.monotonic() + _VANISH_S
            while path.is_dir() and not _removed(path) and time.monotonic() < deadline:
                time.sleep(0.005)


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
    given = os.environ.get("BAREMATH_CGROUP")
    bases = _v2_base(Path(given)) if given else _find_bases()
    group = None if bases is None else _made(*bases, pid)
    if group is None and given:
        raise SandboxUnavailable(
            f"BAREMATH_CGROUP={given} is no cgroup v2 folder in which this worker can limit memory and processes.",
            "Start the worker in a delegated group (`systemd-run --user --scope -p Delegate=yes`), or unset it.",
        )
    return group


def _made(memory: Path, pids: Path, files: _Files, pid: int) -> Cgroup | None:
    sweep({memory, pids})
    name = f"{_PREFIX}.{_identity(os.getpid())}.{next(_numbers)}"
    group = Cgroup(memory / name, pids / name, files)
    try:
        for path in group.paths:
            path.mkdir()
        (pids / name / "pids.max").write_text(str(_MAX_PROCESSES))
        with contextlib.suppress(OSError):  # absent where the kernel has no swap accounting
            (memory / name / files.swap).write_text("0")
        (memory / name / files.limit).read_text()
        group.attach(pid)
    except OSError:
        group.remove()
        return None
    return group


def sweep(bases: set[Path]) -> None:
    """Remove the groups of supervisors that are no longer alive."""
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


def _find_bases() -> tuple[Path, Path, _Files] | None:
    """Return the folders for memory and pids groups below which we may make our own."""
    own = dict(_own_groups())
    if "memory" in own and "pids" in own:
        memory, pids = own["memory"], own["pids"]
        return (memory, pids, _V1) if _writable(memory) and _writable(pids) else None
    if "" not in own:
        return None
    group = own[""].parent if own[""].name == _INNER else own[""]
    if _is_delegated(group):  # what is made in here ends with the service and counts towards its limits
        return _v2_base(group) or _vacated(group)
    return _v2_base(group) or _v2_base(group.parent) or _vacated(group)


def _own_groups() -> list[tuple[str, Path]]:
    """Return (controller, folder) for the groups this process is in; the controller of v2 is ""."""
    groups = []
    for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines():
        _, controllers, path = line.split(":", 2)
        mount = (
            _ROOT if not controllers and (_ROOT / "cgroup.controllers").exists() else _ROOT / (controllers or "unified")
        )
        for controller in controllers.split(","):
            # Inside a container the path may be relative to a group we cannot see; the mount is then our own group.
            folder = mount / path.lstrip("/")
            groups.append((controller, folder if folder.is_dir() else mount))
    return groups


def _v2_base(base: Path) -> tuple[Path, Path, _Files] | None:
    """Return `base` if groups with memory and pids limits can be made in it."""
    if not _writable(base):
        return None
    wanted = {"memory", "pids"}
    try:
        if not wanted <= set((base / "cgroup.subtree_control").read_text().split()):
            (base / "cgroup.subtree_control").write_text("+memory +pids")
    except OSError:
        return None
    return base, base, _V2


def _is_delegated(group: Path) -> bool:
    """Whether systemd (251 or newer) says that it leaves what is in `group` to us."""
    try:
        return os.getxattr(group, "user.delegate") == b"1"
    except OSError:
        return False


def _vacated(group: Path) -> tuple[Path, Path, _Files] | None:
    """Return `group` after all its processes have moved into one below it, or None if they may not.

    A group of cgroup v2 holds either processes or groups with limits, and a service starts inside the group it owns.
    """
    if not _writable(group):
        return None
    inner = group / _INNER
    with contextlib.suppress(OSError):
        inner.mkdir(exist_ok=True)
        for _ in range(_MOVES):  # those that were born meanwhile are moved the next time
            for pid in (group / "cgroup.procs").read_text().split():
                with contextlib.suppress(ProcessLookupError):  # it has ended
                    (inner / "cgroup.procs").write_text(pid)
            base = _v2_base(group)
            if base is not None:
                return base
    return None


def _writable(path: Path) -> bool:
    return path.is_dir() and os.access(path, os.W_OK) and os.access(path / "cgroup.procs", os.W_OK)
