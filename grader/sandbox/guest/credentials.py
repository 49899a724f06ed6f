"""Who a process is and what it may: taken away, never given."""

import ctypes
import os
from collections.abc import Sequence

from .kernel import check, libc, prctl

# <linux/capability.h>: what a zygote needs to give its children namespaces and users without a user namespace
CAP_SETGID = 6
CAP_SETUID = 7
CAP_SETPCAP = 8
CAP_SYS_ADMIN = 21
TO_MAKE_NAMESPACES = (CAP_SETGID, CAP_SETUID, CAP_SETPCAP, CAP_SYS_ADMIN)

_PR_SET_DUMPABLE = 4
_PR_SET_KEEPCAPS = 8
_PR_CAPBSET_DROP = 24
_PR_SET_SECUREBITS = 28
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_SECUREBITS_ALL_LOCKED = 0xEF  # no right comes from uid 0, none is kept over setuid, none is ambient
_CAPABILITY_VERSION_3 = 0x20080522


def become(user: int, keep: Sequence[int] = ()) -> None:
    """Turn from root into the user and group `user`, with no other groups and no capabilities but `keep`."""
    _drop_ambient_and_bounding(keep)
    prctl(_PR_SET_KEEPCAPS, 1 if keep else 0)
    _take_ids(user)
    _keep_only(keep)
    prctl(_PR_SET_DUMPABLE, 1)  # cleared by the change of user; without it the user does not own its /proc/self


def drop_capabilities(user: int | None = None) -> None:
    """Give up every capability for good, in all five sets, and become `user` if given."""
    _drop_ambient_and_bounding(())
    prctl(_PR_SET_SECUREBITS, _SECUREBITS_ALL_LOCKED)
    if user is not None:
        _take_ids(user)
    _keep_only(())


def forbid_new_privileges() -> None:
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def forbid_dumps() -> None:
    """Deny core dumps and ptrace, also to other processes of the same user."""
    prctl(_PR_SET_DUMPABLE, 0)


def _drop_ambient_and_bounding(keep: Sequence[int]) -> None:
    prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(64):
        if capability in keep:
            continue
        if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) < 0:
            break  # one past the last capability this kernel knows; the supervisor checks that none is left


def _take_ids(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _keep_only(capabilities: Sequence[int]) -> None:
    """Make `capabilities` all that is permitted and effective, and nothing inheritable."""
    bits = sum(1 << capability for capability in capabilities)
    low, high = bits & 0xFFFFFFFF, bits >> 32
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)
    check(libc.capset(header, sets), "capset")
