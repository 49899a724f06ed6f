"""One child seen from outside: how it is checked before it gets any source, measured, limited and killed."""

import contextlib
import os
import resource
import select
import signal
import time
from dataclasses import dataclass

from grader.sandbox.cgroups import Cgroup
from grader.sandbox.guest.credentials import TO_MAKE_NAMESPACES
from grader.sandbox.limits import set_limits
from grader.sandbox.outcome import Limits, SandboxError
from grader.sandbox.proc import fields, read
from grader.sandbox.tiers import Tier

_UNPRIVILEGED = {"NoNewPrivs": "1", "Threads": "1"} | {
    f"Cap{name}": "0" * 16 for name in ("Inh", "Prm", "Eff", "Bnd", "Amb")
}
_ADDRESS_SPACE_SLACK = 32 * 2**20  # page-aligned arenas and the scratch of the frame codec


@dataclass(frozen=True, slots=True)
class Usage:
    """CPU time since the fork and resident memory, the zygote's shared pages included."""

    cpu_s: float
    memory_mib: float


@dataclass(frozen=True, slots=True)
class End:
    """How a child ended and the most it used, told by its zygote, which waited for it."""

    exit_code: int
    signal: int
    used: Usage


class Child:
    """A handle on a process that cannot be confused with another one: the pidfd keeps its number from being reused."""

    def __init__(self, pidfd: int, pid_in_jail: int, user: int) -> None:
        self.pidfd = pidfd
        self.user = user  # of the host
        self.pid = pid_of(pidfd)
        self.pid_in_jail = pid_in_jail
        self._clock = (~self.pid << 3) | 2  # <linux/posix-timers.h>: the CPU clock of another process
        self.at_start = Usage(0.0, 0.0)  # of the program, not of the process
        self._address_space = self._data = 0  # bytes at that moment

    def check(self, cgroup: Cgroup | None) -> None:
        """Read from outside that the child is locked down. Raises `SandboxError` for whatever is missing."""
        status = check_status(self.pid, _UNPRIVILEGED | {"Seccomp": "2"} | _ids(self.user))
        numbers = status["NSpid"].split()
        if len(numbers) < 3 or numbers[-1] != "1":
            raise SandboxError("A child of the jail is not alone in its process namespace.")
        if is_dumpable(self.pid, self.user):
            raise SandboxError("A child of the jail can be traced and dumped by its user.")
        if cgroup is not None and not cgroup.holds(self.pid):
            raise SandboxError("A child of the jail is outside its control group.")
        if self.has_ended(0.0):
            raise SandboxError("A child of the jail ended before it got a program.")
        self._address_space, self._data = 1024 * _kib(status, "VmSize"), 1024 * _kib(status, "VmData")
        self.at_start = Usage(self._cpu(), _kib(status, "VmRSS") / 1024)

    def limit(self, limits: Limits) -> None:
        """Set the limits of this submission, from outside, on top of what the process held when it was checked."""
        extra = limits.memory_mib * 2**20 + _ADDRESS_SPACE_SLACK
        wanted = [
            (resource.RLIMIT_CPU, int(self.at_start.cpu_s + limits.cpu_s) + 2),  # the supervisor's clock comes first
            (resource.RLIMIT_AS, self._address_space + extra),
            (resource.RLIMIT_DATA, self._data + extra),
        ]
        set_limits(self.pid, self.user, wanted)

    def cpu_s(self) -> float:
        """Return the CPU time used since the program was sent, in seconds."""
        return self._cpu() - self.at_start.cpu_s

    def waited_s(self) -> float:
        """Return how many seconds it has waited for a processor since its fork; 0 where the kernel does not tell."""
        return waited_s(f"/proc/{self.pid}/schedstat")

    def used(self) -> Usage:
        """Return what a living child has used at most; zeros for one that has ended."""
        peak = None if self.has_ended(0.0) else _status(self.pid).get("VmHWM")
        return Usage(self._cpu(), int(peak.split()[0]) / 1024 if peak else 0.0)

    def _cpu(self) -> float:
        try:
            return time.clock_gettime(self._clock)
        except OSError:  # it has ended
            return self.at_start.cpu_s

    def has_ended(self, timeout_s: float) -> bool:
        """Whether the process ends by itself within `timeout_s`."""
        return ended(self.pidfd, timeout_s)

    def kill(self) -> None:
        kill(self.pidfd)

    def close(self) -> None:
        os.close(self.pidfd)


def ended(pidfd: int, timeout_s: float) -> bool:
    """Whether the process behind `pidfd` ends within `timeout_s`."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(1000 * timeout_s))


def waited_s(schedstat: str) -> float:
    """Return how long the thread of this file has waited for a processor, in seconds."""
    try:
        return int(read(schedstat).split()[1]) / 1e9
    except OSError:
        return 0.0


def kill(pidfd: int) -> None:
    """Kill the process behind `pidfd`, if it still lives."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


def check_status(pid: int, expected: dict[str, str]) -> dict[str, str]:
    """Return /proc/<pid>/status. Raises `SandboxError` where it differs from `expected`."""
    status = _status(pid)
    for name, value in expected.items():
        if status.get(name) != value:
            raise SandboxError(f"A process of the jail has {name} = {status.get(name)!r} and not {value!r}.")
    return status


def is_dumpable(pid: int, user: int) -> bool:
    """Whether the files of `pid` in /proc belong to `user`: those of a process that is not dumpable are root's."""
    return user != 0 and os.stat(f"/proc/{pid}/status").st_uid == user  # noqa: PTH116 - for every child


def check_zygote(pid: int, tier: Tier) -> float:
    """Read from outside that the zygote has no right but those of its tier, and return its resident memory in MiB.

    Raises `SandboxError` if it has other rights.
    """
    expected = _UNPRIVILEGED | _ids(tier.zygote_user)
    if not tier.user_namespaces:
        rights = f"{sum(1 << right for right in TO_MAKE_NAMESPACES):016x}"
        expected |= {"CapPrm": rights, "CapEff": rights, "CapBnd": rights}
    elif not tier.user:
        del expected["CapBnd"]  # only a process with rights can give this one up; it is void without any other
    return _kib(check_status(pid, expected), "VmRSS") / 1024


def _ids(user: int) -> dict[str, str]:
    """Return what /proc/<pid>/status says of a process that runs as `user`, which is not always this process's own."""
    ids = {"Uid": "\t".join([str(user)] * 4)}
    if user != os.getuid():
        ids |= {"Gid": ids["Uid"], "Groups": ""}
    return ids


def pid_of(pidfd: int) -> int:
    """Return the number, in this process's own namespace, of the process behind `pidfd`."""
    pid = int(fields(f"/proc/self/fdinfo/{pidfd}").get("Pid", 0))
    if pid <= 0:
        raise SandboxError("A process of the jail ended before it could be watched.")
    return pid


def _status(pid: int) -> dict[str, str]:
    try:
        return fields(f"/proc/{pid}/status")
    except OSError as error:
        raise SandboxError("A child of the jail ended before it could be checked.") from error


def _kib(status: dict[str, str], name: str) -> int:
    if name not in status:
        raise SandboxError("A child of the jail ended before it could be checked.")
    return int(status[name].split()[0])
