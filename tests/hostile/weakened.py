"""The jail with exactly one layer taken away, for tests alone.

Nothing in the product can do this. Here a copy of the guest code gets lines added at its end, or a function of the
supervisor is replaced in this very process.
"""

import contextlib
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import Kind, Sandbox, bubblewrap, child, conversation, libraries, zygote

_SKIP = """
import sys as _sys
def _skip(name):
    found = [module for key, module in _sys.modules.items() if key.startswith("guest.") and hasattr(module, name)]
    assert found, name
    for module in found: setattr(module, name, lambda *arguments: None)
def _without(flag):
    assert kernel._NEW_NAMESPACES & flag
    kernel._NEW_NAMESPACES &= ~flag
"""


@dataclass(frozen=True)
class Weakening:
    """How one layer is taken away: lines for the guest's lockdown.py, or patches of the supervisor."""

    layer: str
    guest: str = ""
    supervisor: Callable[[pytest.MonkeyPatch], None] = lambda _patch: None


def _bubblewrap(*, without: tuple[str, ...] = (), extra: tuple[str, ...] = ()) -> Callable[[pytest.MonkeyPatch], None]:
    """Start bubblewrap without some of its arguments, or with more."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        original = bubblewrap.command

        def command(*arguments: Any) -> list[str]:
            line = original(*arguments)
            assert set(without) <= set(line)
            start = line.index("--proc")
            return [part for part in [*line[:start], *extra, *line[start:]] if part not in without]

        monkeypatch.setattr(bubblewrap, "command", command)

    return patch


def _replace(owner: object, name: str, function: Callable[..., Any]) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda monkeypatch: monkeypatch.setattr(owner, name, function)


def _no_header_check(self: conversation.Conversation, *_arguments: Any) -> Any:
    return conversation.unpack_header(self._received, 2**64)


def _drain(self: conversation.Conversation) -> None:
    while data := conversation._read(self._prints):
        self._printed += data


NOTHING_OFF = Weakening("none")
LAYERS = (
    Weakening("bubblewrap: process namespace", supervisor=_bubblewrap(without=("--unshare-pid", "--as-pid-1"))),
    Weakening("bubblewrap: network namespace", supervisor=_bubblewrap(without=("--unshare-net",))),
    Weakening("bubblewrap: ipc namespace", supervisor=_bubblewrap(without=("--unshare-ipc",))),
    Weakening("bubblewrap: host name namespace", supervisor=_bubblewrap(without=("--unshare-uts",))),
    Weakening("bubblewrap: few files", supervisor=_bubblewrap(extra=("--bind", tempfile.gettempdir(), "/mnt"))),
    Weakening("bubblewrap: empty environment", supervisor=_bubblewrap(without=("--clearenv",))),
    Weakening("child: user namespace", "assert kernel.CLONE_NEWUSER; kernel.CLONE_NEWUSER = 0"),
    Weakening("child: process namespace", "_without(kernel.CLONE_NEWPID)"),
    Weakening("child: mount namespace", "_without(kernel.CLONE_NEWNS)"),
    Weakening("child: ipc namespace", "_without(kernel.CLONE_NEWIPC)"),
    Weakening("child: host name namespace", "_without(kernel.CLONE_NEWUTS)"),
    Weakening("child: cgroup namespace", "_without(kernel.CLONE_NEWCGROUP)"),
    Weakening("child: closed descriptors", "_skip('close_from')"),
    Weakening(
        "child: cover of /proc",
        "_mount_all = kernel.mount\nkernel.mount = lambda *a: a[1] == '/proc' or _mount_all(*a)",
    ),
    Weakening("child: size of the scratch folder", "_SCRATCH_OPTIONS = 'size=200m'"),
    Weakening(
        "child: scratch folder of its own",
        "_mount_all = kernel.mount\nkernel.mount = lambda *a: a[1] == '/tmp' or _mount_all(*a)",
    ),
    Weakening("rlimits", "_LIMITS.clear()"),
    Weakening("no capabilities", "_skip('drop_capabilities')"),
    Weakening("no new privileges", "_skip('forbid_new_privileges')"),
    Weakening("not dumpable", "_skip('forbid_dumps')"),
    Weakening("landlock", "_skip('restrict_files')"),
    Weakening("seccomp", "_skip('load_seccomp')"),
    Weakening(
        "rlimits of the program",
        "resource.prlimit = lambda *arguments: None",
        _replace(resource, "prlimit", lambda *_arguments: None),
    ),
    Weakening("control group", supervisor=_replace(zygote, "open_cgroup", lambda _pid: None)),
    Weakening("supervisor: clocks", supervisor=_replace(conversation.Conversation, "_time_left", lambda _self: 0.01)),
    Weakening(
        "supervisor: cap on results", supervisor=_replace(conversation.Conversation, "_check_header", _no_header_check)
    ),
    Weakening(
        "supervisor: cap on prints",
        supervisor=_replace(conversation.Conversation, "_read_prints", _drain),
    ),
)


def _blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the supervisor look at a child from outside and see nothing amiss."""
    original = child.check_status
    monkeypatch.setattr(child, "check_status", lambda pid, _expected: original(pid, {}) | {"NSpid": "9 9 1"})
    monkeypatch.setattr(child, "is_dumpable", lambda _pid, _user: False)


@contextlib.contextmanager
def without(weakening: Weakening, *, blind: bool) -> Iterator[None]:
    """Take this layer from every jail that is opened meanwhile, and with `blind` the look from outside as well."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="baremath-guest-") as folder:
        guest = Path(shutil.copytree(libraries.GUEST, Path(folder) / "guest"))
        Path(folder).chmod(0o755)
        with (guest / "lockdown.py").open("a") as file:
            file.write(_SKIP + weakening.guest + "\n")
        patch.setattr(libraries, "GUEST", guest)
        if blind:
            _blind(patch)
        weakening.supervisor(patch)
        yield


@contextlib.contextmanager
def weakened(kind: Kind, weakening: Weakening, *, blind: bool) -> Iterator[Sandbox]:
    """Give a sandbox without this layer."""
    with without(weakening, blind=blind), contextlib.closing(Sandbox(kind, parked=1)) as sandbox:
        yield sandbox


def layer(name: str) -> Weakening:
    return next(weakening for weakening in LAYERS if weakening.layer == name)
