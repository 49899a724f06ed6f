"""Resource limits set on a process of another user.

The kernel lets one set them whose *real* user and group are those of the process, or who has CAP_SYS_RESOURCE, which
root in a container or a small virtual machine often lacks. This thread's real user is that of the process for the
moment it takes: the effective one, and with it every right, stays as it is, and the other threads see nothing of it.
"""

import contextlib
import ctypes
import os
import platform
import resource
from collections.abc import Iterator, Sequence

_libc = ctypes.CDLL(None, use_errno=True)
_UNCHANGED = -1
# libc's own functions would change all threads
_SETRESUID, _SETRESGID = {"x86_64": (117, 119), "aarch64": (147, 149)}.get(platform.machine(), (-1, -1))


def set_limits(pid: int, user: int, limits: Sequence[tuple[int, int]]) -> None:
    """Set (rlimit, value) pairs, soft and hard, on the process `pid`, whose user and group are `user`."""
    with _real_user(user) if user != os.getuid() else contextlib.nullcontext():
        for name, value in limits:
            resource.prlimit(pid, name, (value, value))


@contextlib.contextmanager
def _real_user(user: int) -> Iterator[None]:
    own_user, own_group = os.getuid(), os.getgid()
    try:
        _set_real(_SETRESGID, user)
        _set_real(_SETRESUID, user)
        yield
    finally:
        _set_real(_SETRESUID, own_user)
        _set_real(_SETRESGID, own_group)


def _set_real(call: int, number: int) -> None:
    if _libc.syscall(ctypes.c_long(call), ctypes.c_uint(number), _UNCHANGED, _UNCHANGED) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
