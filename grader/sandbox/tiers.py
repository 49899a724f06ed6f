"""Who makes the namespaces, and which user of this machine the learners' code runs as.

Tier A: user namespaces. Whoever may make one needs no rights. A worker with rights (root) still hands the zygote over
to a user of the machine that nobody else is, so that a program that broke out would own nothing.

Tier B: no user namespaces, but a worker with rights. The zygote keeps four capabilities to make the namespaces itself;
each child becomes a user of its own and gives them all up. The system call filter refuses nested namespaces.

Neither: bubblewrap cannot build the jail, and says why.
"""

import itertools
import os
import shutil
import stat
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from grader.sandbox.guest.credentials import TO_MAKE_NAMESPACES
from grader.sandbox.outcome import SandboxUnavailable

_CAP_KILL = 5
_RIGHTS = (*TO_MAKE_NAMESPACES, _CAP_KILL)  # to make the jail and become other users; to kill their processes
_FREE = range(0x70000000, 0x80000000)  # above the users that systemd and container engines hand out
_USERS_PER_ZYGOTE = 16
_ZYGOTES = 4  # of one process: two kinds, and a successor of each; with up to 2**22 processes that fills _FREE
_TRIAL_S = 10
_zygotes = itertools.count()


@dataclass(frozen=True, slots=True)
class Tier:
    """How the jails of one zygote come about. `user` is 0 where everything runs as the worker's own user."""

    name: str
    user_namespaces: bool
    user: int = 0
    _children: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def zygote_user(self) -> int:
        return self.user or os.getuid()

    def next_user(self) -> int:
        """Return the user of the next child: of its own where it has no user namespace, else the zygote's."""
        if self.user_namespaces:
            return self.zygote_user
        return self.user + 1 + next(self._children) % (_USERS_PER_ZYGOTE - 1)

    def check_readable(self, paths: Iterable[str]) -> None:
        """Raise `SandboxUnavailable` if the user cannot read what the jail consists of."""
        for path in paths if self.user else ():
            mode = Path(path).stat().st_mode
            if not mode & stat.S_IROTH or (stat.S_ISDIR(mode) and not mode & stat.S_IXOTH):
                raise SandboxUnavailable(
                    f"Programs run as a user of their own, who may not read {path}.", f"sudo chmod -R o+rX {path}"
                )

    @property
    def words(self) -> str:
        made_by = "user namespaces" if self.user_namespaces else "the worker's rights, without user namespaces"
        return (
            f"tier {self.name}: {made_by}; programs run as {'user ' + str(self.user) if self.user else 'its own user'}"
        )


def choose() -> Tier:
    """Return the strongest tier there is, found out by trying. Takes 10 ms where the worker has rights."""
    status, users, groups = (Path(f"/proc/self/{name}").read_text("ascii") for name in ("status", "uid_map", "gid_map"))
    free = free_users(users)
    rights = root_rights(status)
    if free is None or users != groups or not rights.issuperset(_RIGHTS):
        return Tier("A", user_namespaces=True)
    number = os.getpid() * _ZYGOTES + next(_zygotes) % _ZYGOTES
    user = free.start + number * _USERS_PER_ZYGOTE % len(free)
    user_namespaces = _can_have_user_namespaces(user)
    return Tier("A" if user_namespaces else "B", user_namespaces, user)


def free_users(id_map: str) -> range | None:
    """Return numbers of users that exist in the user namespace with this /proc/<pid>/uid_map and that nobody uses."""
    maps = [[int(number) for number in line.split()] for line in id_map.splitlines()]
    if any(first <= _FREE.start and _FREE.stop <= first + count for first, _, count in maps):
        return _FREE
    first, _, count = max(maps, key=lambda entry: entry[2])
    half = count // 2 // _USERS_PER_ZYGOTE * _USERS_PER_ZYGOTE
    if half < 2 * _ZYGOTES * _USERS_PER_ZYGOTE:
        return None
    return range(first + count - half, first + count - _USERS_PER_ZYGOTE)  # the last ones: 65534 is nobody


def root_rights(status: str) -> frozenset[int]:
    """Return the effective capabilities of a process with this /proc/<pid>/status, none if it is not root."""
    fields = dict(line.split(":\t", 1) for line in status.splitlines())
    effective = int(fields["CapEff"], 16) if fields["Uid"].split()[1] == "0" else 0
    return frozenset(right for right in range(64) if effective >> right & 1)


def _can_have_user_namespaces(user: int) -> bool:
    """Whether a process of this user can make a user namespace and mount in it."""
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        return True  # the jail will say what is missing
    trial = [bubblewrap, "--unshare-user", "--unshare-net", "--ro-bind", "/", "/", "/bin/true"]
    try:
        done = subprocess.run(
            trial, user=user, group=user, extra_groups=[], cwd="/", env={}, capture_output=True, timeout=_TRIAL_S,
            check=False,
        )  # fmt: skip
    except OSError:
        return True  # bubblewrap is where that user cannot reach it, which tells nothing: the first child will show
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
