"""What a forked child gives up, in order, before any source reaches it.

The order matters: mounts need the capabilities of the new user namespace, the id map needs /proc, Landlock and seccomp
need no_new_privs, and after seccomp none of the earlier steps could be undone or repeated.
"""

import fcntl
import os
import resource
from dataclasses import dataclass

from . import credentials, kernel

USER = 1000  # the only user and group that exist in the jail
SCRATCH = "/tmp"  # noqa: S108 - a private tmpfs, mounted below
_SCRATCH_OPTIONS = "size=16m,nr_inodes=256,mode=0700"
_STACK = 8 * 2**20
_ABOVE = 64  # no target number of `keep_only` is that high
_LIMITS = {
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_FSIZE: 16 * 2**20,
    resource.RLIMIT_MEMLOCK: 0,
    resource.RLIMIT_MSGQUEUE: 0,
    resource.RLIMIT_NICE: 0,
    resource.RLIMIT_NOFILE: 32,
    resource.RLIMIT_NPROC: 1,
    resource.RLIMIT_RTPRIO: 0,
    resource.RLIMIT_SIGPENDING: 64,
    resource.RLIMIT_STACK: _STACK,
}


@dataclass(frozen=True, slots=True)
class Walls:
    """What the supervisor decided before the zygote started."""

    seccomp: bytes
    readable: list[str]
    zygote_user: int  # as the zygote sees itself
    user_namespaces: bool  # else the zygote makes namespaces by right, and each child becomes a user of its own


def keep_only(descriptors: list[int]) -> None:
    """Make `descriptors` the numbers 0, 1, 2, ... of this process and close all others."""
    sources = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, _ABOVE) for descriptor in descriptors]
    for number, source in enumerate(sources):
        os.dup2(source, number)
    kernel.close_from(len(descriptors))


def lock_down(walls: Walls, user: int) -> None:
    """Turn the calling process, alone in new namespaces, into one that may only compute.

    `user` is the user of the host to become where the child has no user namespace of its own.
    """
    if walls.user_namespaces:
        _map_ids(walls.zygote_user)
        _write("/proc/sys/user/max_user_namespaces", "0")  # of the child's own namespace: none below it
    _write("/proc/self/oom_score_adj", "1000")  # when the cgroup runs out of memory the child dies, never its zygote
    os.umask(0o077)
    for limit, value in _LIMITS.items():
        resource.setrlimit(limit, (value, value))
    owner = USER if walls.user_namespaces else user
    _mount(owner)
    credentials.drop_capabilities(None if walls.user_namespaces else user)
    os.chdir(SCRATCH)
    credentials.forbid_new_privileges()
    credentials.forbid_dumps()
    kernel.restrict_files(walls.readable, SCRATCH)
    kernel.load_seccomp(walls.seccomp)


def _map_ids(zygote_user: int) -> None:
    """Map one user and one group into the new user namespace: the ones the zygote runs as."""
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{USER} {zygote_user} 1")
    _write("/proc/self/gid_map", f"{USER} {zygote_user} 1")


def _mount(owner: int) -> None:
    """Give the child a small scratch folder of its own and cover /proc with nothing."""
    kernel.mount("none", "/", "none", kernel.MS_REC | kernel.MS_PRIVATE)
    flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC | kernel.MS_NOSYMFOLLOW
    kernel.mount("scratch", SCRATCH, "tmpfs", flags, f"{_SCRATCH_OPTIONS},uid={owner},gid={owner}")
    kernel.mount("nothing", "/proc", "tmpfs", flags | kernel.MS_RDONLY, "size=4k,nr_inodes=2")


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    os.write(descriptor, text.encode())
    os.close(descriptor)
