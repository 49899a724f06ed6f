"""Where this process may make control groups that limit memory and processes.

A machine has its controllers in cgroup v1 (one hierarchy for each, or for several), in v2 (one for all), or some here
and some there; systemd's "hybrid" has them in v1 and an empty v2 besides. So each controller is looked for by itself,
below the group that this process is in.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.sandbox.outcome import SandboxUnavailable

CONTROLLERS = ("memory", "pids")
INNER = "baremath-worker"  # where the processes of a service go when its group is divided
_MOVES = 10
DELEGATE = (
    "Start the worker in a group that it may divide: a service with Delegate=yes, or "
    "`systemd-run --user --scope -p Delegate=yes <worker>`."
)
_WRITABLE = "In Docker: `--security-opt writable-cgroups=true` (Docker Engine 28, cgroup v2)."
_CREATE = (
    'Run the worker as root, or in a group of its user: `sudo cgcreate -a "$USER" -t "$USER" -g memory,pids:baremath`, '
    "then `cgexec -g memory,pids:baremath <worker>` (Debian: cgroup-tools)."
)


@dataclass(frozen=True, slots=True)
class Places:
    """The folders below which groups for memory and for processes are made, and whose names the memory files have."""

    memory: Path
    pids: Path
    memory_is_v1: bool = False


@dataclass(frozen=True, slots=True)
class _Mount:
    kind: str  # "cgroup" (v1) or "cgroup2"
    root: str  # the group that is seen at `point`
    point: Path
    controllers: frozenset[str]  # of v1
    is_read_only: bool

    def folder(self, group: str) -> Path:
        """Return the folder of `group`; where that is out of sight, as in some containers, the mount is our own."""
        with contextlib.suppress(ValueError):
            folder = self.point / PurePosixPath(group).relative_to(self.root)
            if folder.is_dir():
                return folder
        return self.point


def find(groups: str, mounts: str) -> Places:
    """Return where a process with this /proc/self/cgroup and /proc/self/mountinfo may make groups.

    Where it may divide only its own group of v2 it is moved one below. Raises `SandboxUnavailable` with the reason and
    the remedy if it may limit only one of memory and processes, or none.
    """
    found = [mount for mount in _mounts(mounts) if (mount.point / "cgroup.procs").exists()]
    own = dict(_own_groups(groups))
    places = {name: _v1_place(name, own[name], found) for name in CONTROLLERS if name in own}
    in_v2 = [name for name in CONTROLLERS if name not in own]
    if in_v2:
        place = _v2_place(in_v2, own.get("", "/"), found)
        places |= dict.fromkeys(in_v2, place)
    return Places(places["memory"], places["pids"], memory_is_v1="memory" in own)


def named(folder: Path) -> Places:
    """Return the place in cgroup v2 that the operator named. Raises `SandboxUnavailable` if it cannot be used."""
    if not _can_divide(folder, CONTROLLERS):
        raise SandboxUnavailable(
            f"BAREMATH_CGROUP={folder} is no cgroup v2 folder in which this worker can limit memory and processes.",
            f"{DELEGATE} Or unset BAREMATH_CGROUP.",
        )
    return Places(folder, folder)


def _mounts(text: str) -> Iterator[_Mount]:
    """Yield the mounts of control groups, the last one first: it covers the others."""
    for line in reversed(text.splitlines()):
        before, _, after = line.partition(" - ")
        kind, _, options = after.split(" ", 2)
        if kind in {"cgroup", "cgroup2"}:
            _, _, _, root, point, flags = before.split()[:6]
            controllers = frozenset(options.split(",")) if kind == "cgroup" else frozenset[str]()
            yield _Mount(kind, _plain(root), Path(_plain(point)), controllers, "ro" in flags.split(","))


def _plain(path: str) -> str:
    """Return a path of mountinfo with its spaces, which stand there as octal numbers."""
    return re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), path)


def _own_groups(text: str) -> Iterator[tuple[str, str]]:
    """Yield (controller, group) for each hierarchy; the controller of v2 is ""."""
    for line in text.splitlines():
        _, controllers, group = line.split(":", 2)
        for controller in controllers.split(","):
            yield controller, group


def _v1_place(controller: str, group: str, mounts: list[_Mount]) -> Path:
    mount = next((mount for mount in mounts if controller in mount.controllers), None)
    if mount is None:
        folder = f"/sys/fs/cgroup/{controller}"
        raise SandboxUnavailable(
            f"The controller {controller} is in cgroup v1, which is not mounted here.",
            f"sudo mkdir -p {folder} && sudo mount -t cgroup -o {controller} none {folder}",
        )
    place = mount.folder(group)
    _refuse_read_only(mount)
    if not _is_writable(place):
        raise SandboxUnavailable(f"This worker may not make control groups in {place}.", _CREATE)
    return place


def _v2_place(controllers: list[str], group: str, mounts: list[_Mount]) -> Path:
    mount = next((mount for mount in mounts if mount.kind == "cgroup2"), None)
    _refuse_missing(controllers, mount)
    assert mount is not None
    _refuse_read_only(mount)
    own = mount.folder(group)
    own = own.parent if own.name == INNER else own
    # What is made in a delegated group ends with the service and counts towards its limits.
    candidates = [own] if _is_delegated(own) else [own, own.parent, mount.point]
    for place in candidates:
        if _can_divide(place, controllers):
            return place
    withheld = set(controllers) - _words(own / "cgroup.controllers")
    if withheld:
        words = " and ".join(sorted(withheld))
        raise SandboxUnavailable(f"The control groups above {own} do not hand down the controller {words}.", DELEGATE)
    if not _vacate(own, controllers):
        raise SandboxUnavailable(f"This worker may not divide its control group {own}.", DELEGATE)
    return own


def _refuse_missing(controllers: list[str], mount: _Mount | None) -> None:
    """Raise `SandboxUnavailable` if there are controllers that v2 has not got either."""
    offered = set() if mount is None else _words(mount.point / "cgroup.controllers")
    missing = [name for name in controllers if name not in offered]
    if missing:
        raise SandboxUnavailable(
            f"No mounted hierarchy of control groups has the controller {' or '.join(missing)}: not v1 and not v2.",
            f"Start the kernel without cgroup_disable={','.join(missing)}; in a container, mount /sys/fs/cgroup.",
        )


def _refuse_read_only(mount: _Mount) -> None:
    if mount.is_read_only:
        raise SandboxUnavailable(f"{mount.point} is mounted read-only.", _WRITABLE)


def _can_divide(place: Path, controllers: list[str] | tuple[str, ...]) -> bool:
    """Whether groups with limits on all of `controllers` of v2 can be made in `place`."""
    if not _is_writable(place):
        return False
    try:
        if not set(controllers) <= _words(place / "cgroup.subtree_control"):
            (place / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in controllers))
    except OSError:
        return False
    return True


def _is_delegated(group: Path) -> bool:
    """Whether systemd (251 or newer) says that it leaves what is in `group` to us."""
    try:
        return os.getxattr(group, "user.delegate") == b"1"
    except OSError:
        return False


def _vacate(group: Path, controllers: list[str]) -> bool:
    """Move all processes of `group` into one below it and divide it; return whether that was allowed.

    A group of cgroup v2 holds either processes or groups with limits, and a service starts inside the group it owns.
    """
    if not _is_writable(group):
        return False
    inner = group / INNER
    with contextlib.suppress(OSError):
        inner.mkdir(exist_ok=True)
        for _ in range(_MOVES):  # those that were born meanwhile are moved the next time
            for pid in (group / "cgroup.procs").read_text().split():
                with contextlib.suppress(ProcessLookupError):  # it has ended
                    (inner / "cgroup.procs").write_text(pid)
            if _can_divide(group, controllers):
                return True
    return False


def _words(path: Path) -> set[str]:
    return set(path.read_text().split())


def _is_writable(path: Path) -> bool:
    return path.is_dir() and os.access(path, os.W_OK) and os.access(path / "cgroup.procs", os.W_OK)
