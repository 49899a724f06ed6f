"""Which layers of the jail hold on this machine, each found out by doing, and what to do about those that do not."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from grader.sandbox import seccomp, tiers
from grader.sandbox.canaries import CANARIES, Canary, breached
from grader.sandbox.cgroups import make_cgroup, named_place
from grader.sandbox.guest.kernel import landlock_version
from grader.sandbox.outcome import SandboxError, SandboxUnavailable
from grader.sandbox.remedies import remedy_for
from grader.sandbox.supervisor import Sandbox

_TIMEOUT_S = 10
_LAYERS_WITHIN = ("lock-down", "resource limits", "supervisor")  # they need nothing of the machine
_REPORT = "Stop the workers and report this: no setting of the machine brings it back."


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: whether it holds, what was seen, and the command or setting that brings it if it does not."""

    name: str
    holds: bool
    reason: str
    remedy: str = ""


def check_layers() -> list[Layer]:
    """Try every layer in turn, ending with attacks from inside a real jail. Takes about half a second.

    The jail is usable exactly if all of them hold.
    """
    jail, successes = _attack_jail()
    checks: dict[str, Callable[[], str]] = {
        "bubblewrap": _bubblewrap,
        "namespaces": _namespaces,
        "system call filter": _system_call_filter,
        "landlock": _landlock,
    }
    layers = [*(_try(name, check) for name, check in checks.items()), _memory_limit()]
    if not jail.holds:
        return [*layers, jail]
    layers += [Layer(name, holds=True, reason="") for name in _LAYERS_WITHIN]
    return [*(_judged(layer, successes) for layer in layers), jail]


def _try(name: str, check: Callable[[], str]) -> Layer:
    try:
        return Layer(name, holds=True, reason=check())
    except SandboxUnavailable as error:
        return Layer(name, holds=False, reason=error.reason, remedy=error.remedy)
    except SandboxError as error:
        return Layer(name, holds=False, reason=str(error))


def _bubblewrap() -> str:
    if shutil.which("bwrap") is None:
        raise SandboxUnavailable("bubblewrap is not installed.", "sudo apt-get install bubblewrap")
    return _output(["bwrap", "--version"])


def _namespaces() -> str:
    if shutil.which("bwrap") is None:
        raise SandboxUnavailable("Namespaces cannot be tried without bubblewrap.", "sudo apt-get install bubblewrap")
    tier = tiers.choose()
    namespaces = ["--unshare-user"] if tier.user_namespaces else []
    namespaces += ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    _output(["bwrap", *namespaces, "--ro-bind", "/", "/", "--proc", "/proc", "true"])
    return tier.words


def _output(command: list[str]) -> str:
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SandboxUnavailable(f"{command[0]} cannot be run: {error}") from error
    if result.returncode != 0:
        words = result.stderr.strip()
        raise SandboxUnavailable(words or f"{command[0]} failed with exit code {result.returncode}.", remedy_for(words))
    return result.stdout.strip()


def _system_call_filter() -> str:
    return f"{len(seccomp.program()) // 8} instructions for this processor"


def _landlock() -> str:
    version = landlock_version()
    if version < 1:
        raise SandboxUnavailable(
            "Landlock is not enabled in this kernel.",
            "Use a kernel of 5.13 or newer and add landlock to the lsm= list on its command line.",
        )
    return f"version {version}"


def _memory_limit() -> Layer:
    """Return the limit in force. Without a control group the address space stands alone, and that is enough."""
    waiting = [sys.executable, "-I", "-S", "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE) as process:
        try:
            group = make_cgroup(process.pid)
        except SandboxUnavailable as error:
            reason = f"address space of the one process; no control group: {error.reason.rstrip('.')}"
            return Layer("memory limit", holds=named_place() is None, reason=reason, remedy=error.remedy)
        finally:
            process.kill()
    places = ", ".join(str(path.parent) for path in sorted(group.paths))
    group.remove()
    return Layer("memory limit", holds=True, reason=f"control group in {places}, and address space of the one process")


def _attack_jail() -> tuple[Layer, list[Canary]]:
    """Return whether a jail can be built and used, and the attacks from inside that succeeded."""
    try:
        with Sandbox("numpy") as sandbox:
            successes = breached(sandbox)
    except SandboxUnavailable as error:
        return Layer("jail", holds=False, reason=error.reason, remedy=error.remedy), []
    except SandboxError as error:
        return Layer("jail", holds=False, reason=str(error)), []
    return Layer("jail", holds=True, reason=f"{len(CANARIES)} attacks from inside were tried"), successes


def _judged(layer: Layer, successes: list[Canary]) -> Layer:
    """Return `layer` with what the attacks that meet it first came to."""
    attacks = [canary for canary in CANARIES if canary.layer == layer.name]
    if not layer.holds or not attacks:
        return layer
    through = [canary.wall for canary in attacks if canary in successes]
    if through:
        return replace(layer, holds=False, reason=f"These attacks succeeded: {', '.join(through)}.", remedy=_REPORT)
    return replace(layer, reason=f"{layer.reason}; attacks that failed: {len(attacks)}".removeprefix("; "))
