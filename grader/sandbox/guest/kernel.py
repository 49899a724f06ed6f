"""The few system calls the jail needs and Python does not offer, each with its errors turned into `OSError`."""

import ctypes
import os
import re
import signal
from pathlib import Path

# Bound with PyDLL, which keeps the interpreter lock: a forked child must come back holding it.
libc = ctypes.PyDLL(None, use_errno=True)
libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]

# <linux/sched.h>; CLONE_NEWUSER first of all gives the child the rights to make the other namespaces.
CLONE_PIDFD = 0x00001000
CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
_NEW_NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID

# <linux/mount.h>
MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_NOSYMFOLLOW = 256
MS_REC = 16384
MS_PRIVATE = 1 << 18

# System call numbers that are the same on every architecture.
_SYS_CLONE3 = 435
_SYS_CLOSE_RANGE = 436
_SYS_LANDLOCK_CREATE_RULESET = 444
_SYS_LANDLOCK_ADD_RULE = 445
_SYS_LANDLOCK_RESTRICT_SELF = 446

_HUGE_PAGE = 2**21
_MADV_COLLAPSE = 25  # since Linux 6.1

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2


def check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, *arguments: int) -> None:
    check(libc.prctl(option, *(*arguments, 0, 0, 0, 0)[:4]), f"prctl({option})")


class _CloneArguments(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_uint64)
        for name in (
            "flags", "pidfd", "child_tid", "parent_tid", "exit_signal",
            "stack", "stack_size", "tls", "set_tid", "set_tid_size", "cgroup",
        )
    ]  # fmt: skip


def fork_into_namespaces(*, user_namespace: bool) -> tuple[int, int]:
    """Fork into new pid, mount, ipc, uts and cgroup namespaces, and a user namespace if asked for.

    One clone3 does what fork, unshare and a second fork would do. Without a user namespace the caller needs
    CAP_SYS_ADMIN. Returns (pid, pidfd) in the parent and (0, -1) in the child.

    The network namespace is that of the jail, which has no network either. In a jail lives one program at a time, so
    one of its own would part a child from nobody; the child would even have every right over it until it gives all
    rights up. And to make and to clear one away takes a sixth of the whole time of a child (docs/performance.md).

    The caller must have one thread: then there is no lock to make anew in the child, and Python's hooks around a fork
    (`PyOS_AfterFork_Child`) are left out. They would make the child's own copies of 60 to 80 pages for nothing.
    """
    pidfd = ctypes.c_int(-1)
    flags = _NEW_NAMESPACES | CLONE_PIDFD | (CLONE_NEWUSER if user_namespace else 0)
    arguments = _CloneArguments(flags=flags, pidfd=ctypes.addressof(pidfd), exit_signal=signal.SIGCHLD)
    pid = libc.syscall(ctypes.c_long(_SYS_CLONE3), ctypes.byref(arguments), ctypes.c_size_t(ctypes.sizeof(arguments)))
    if pid == 0:
        return 0, -1
    return check(pid, "clone3"), pidfd.value


def close_from(first: int) -> None:
    """Close every file descriptor from `first` on."""
    check(
        libc.syscall(ctypes.c_long(_SYS_CLOSE_RANGE), ctypes.c_uint(first), ctypes.c_uint(2**32 - 1), ctypes.c_uint(0)),
        "close_range",
    )


def use_huge_pages() -> None:
    """Gather this process's memory in pages of 2 MiB where it fills them: a fork then copies 512 times fewer entries.

    It only saves time, so whatever the kernel refuses stays as it is.
    """
    for line in Path("/proc/self/maps").read_text("utf-8").splitlines():
        anonymous = re.fullmatch(r"(\w+)-(\w+) rw-p \S+ \S+ 0\s*(\[heap\])?", line)
        if anonymous is None:
            continue
        first = -(-int(anonymous[1], 16) // _HUGE_PAGE) * _HUGE_PAGE
        size = int(anonymous[2], 16) // _HUGE_PAGE * _HUGE_PAGE - first
        if size > 0:
            libc.madvise(ctypes.c_void_p(first), ctypes.c_size_t(size), ctypes.c_int(_MADV_COLLAPSE))


def die_with_parent() -> None:
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    check(
        libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()),
        f"mount {target}",
    )


class _SeccompProgram(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def load_seccomp(program: bytes) -> None:
    """Load a filter of 8-byte BPF instructions; from then on every system call passes through it."""
    filter_ = _SeccompProgram(len(program) // 8, program)
    prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(filter_))


_READ_FILE = 1 << 2
_READ_DIRECTORY = 1 << 3
_ALL_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_RIGHTS_IN_SCRATCH = (1 << 1) | _READ_FILE | _READ_DIRECTORY | (1 << 4) | (1 << 5) | (1 << 7) | (1 << 8)
_TRUNCATE = 1 << 14  # since version 3
_ALL_NETWORK_RIGHTS = 3  # since version 4: bind and connect TCP
_ALL_SCOPES = 3  # since version 6: abstract unix sockets and signals


def landlock_version() -> int:
    """Return the version of Landlock in this kernel, 0 where there is none."""
    version = libc.syscall(ctypes.c_long(_SYS_LANDLOCK_CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint(1))
    return max(int(version), 0)


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def restrict_files(readable: list[str], scratch: str) -> None:
    """Deny, by Landlock, the network and every file but those below `readable` (to read) and `scratch` (to write too).

    The calling thread must have given up new privileges.
    """
    version = landlock_version()
    if version < 1:
        raise OSError("Landlock is not enabled in this kernel.")
    rules = _Ruleset(
        _ALL_FILE_RIGHTS[min(version, 5)],
        _ALL_NETWORK_RIGHTS if version >= 4 else 0,
        _ALL_SCOPES if version >= 6 else 0,
    )
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = check(
        libc.syscall(
            ctypes.c_long(_SYS_LANDLOCK_CREATE_RULESET), ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint(0)
        ),
        "landlock_create_ruleset",
    )
    for path in readable:
        _allow(ruleset, path, _READ_FILE | _READ_DIRECTORY)
    _allow(ruleset, scratch, _RIGHTS_IN_SCRATCH | (_TRUNCATE if version >= 3 else 0))
    check(
        libc.syscall(ctypes.c_long(_SYS_LANDLOCK_RESTRICT_SELF), ctypes.c_int(ruleset), ctypes.c_uint(0)),
        "landlock_restrict_self",
    )
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = _PathRule(rights, folder)
    check(
        libc.syscall(
            ctypes.c_long(_SYS_LANDLOCK_ADD_RULE),
            ctypes.c_int(ruleset),
            ctypes.c_int(1),
            ctypes.byref(rule),
            ctypes.c_uint(0),
        ),
        f"landlock_add_rule {path}",
    )
    os.close(folder)
