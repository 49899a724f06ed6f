"""The zygote seen from outside: start bubblewrap, set up, spawn and reap children over one control socket."""

import contextlib
import os
import select
import socket
import subprocess
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.sandbox import bubblewrap, libraries, seccomp
from grader.sandbox.cgroups import Cgroup, open_cgroup
from grader.sandbox.child import Child, End, Usage, check_zygote, ended, kill, pid_of
from grader.sandbox.guest.frames import FrameError, decode, encode
from grader.sandbox.outcome import Kind, SandboxError, SandboxUnavailable

_START_S = 60.0  # a cold `import torch` from a slow disk
_ANSWER_S = 10.0
_END_S = 5.0
_MAX_ANSWER = 2**16


class ZygoteProcess:
    """A zygote of one kind: started by the constructor, usable after `finish`.

    Any failure raises; the owner then closes it and starts another.
    """

    def __init__(self, kind: Kind) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = os.fdopen(os.memfd_create("errors of the zygote"), "w+b")
        self._process: subprocess.Popen[bytes] | None = None
        self._pidfd = -1
        self._unseen = 0  # answers that are still to come and that nobody waits for
        self.cgroup: Cgroup | None = None
        try:
            with _no_jail(), theirs:
                view = libraries.view(kind)
                self._start(bubblewrap.command(view, theirs.fileno()), theirs.fileno())
                program = np.frombuffer(seccomp.program(), np.uint8)
                self._send({"command": "setup", "kind": kind, "seccomp": program, "readable": view.readable}, [])
        except BaseException:
            self.close()
            raise

    def _start(self, command: list[str], control: int) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            pass_fds=(control,),
            close_fds=True,
            cwd="/",
            start_new_session=True,  # Ctrl+C in the worker's terminal is not meant for a run in progress
            env={},
        )

    def is_ready(self) -> bool:
        """Whether `finish` would return at once, be it with an error."""
        return bool(select.select([self._control], [], [], 0.0)[0])

    def finish(self) -> None:
        """Wait until the libraries are imported, put the zygote into its group, check it from outside.

        Raises `SandboxUnavailable` with the words of bubblewrap or of the zygote.
        """
        with _no_jail():
            _, (self._pidfd,) = self._receive(_START_S)
            self.cgroup = open_cgroup(pid_of(self._pidfd))
            check_zygote(self._pidfd)

    def request_child(self, descriptors: list[int]) -> None:
        """Ask for a child that owns copies of `descriptors`: an empty stream, prints, commands, results."""
        self._send({"command": "spawn"}, descriptors)

    def receive_child(self) -> Child:
        """Return the child that was asked for first."""
        answer, (pidfd,) = self._receive_own()
        return Child(pidfd, answer["pid"])

    def reap(self, child: Child) -> End:
        """Wait for the end of a child that was killed or has ended. No request for a child may be open."""
        self._send({"command": "reap", "pid": child.pid_in_jail}, [])
        answer, _ = self._receive_own()
        return End(answer["exit_code"], answer["signal"], Usage(answer["cpu_s"], answer["peak_memory_mib"]))

    def reap_unseen(self, child: Child) -> None:
        """Have a child that was killed waited for, without waiting oneself."""
        self._send({"command": "reap", "pid": child.pid_in_jail}, [])
        self._unseen += 1

    def _receive_own(self) -> tuple[dict[str, Any], list[int]]:
        """Return the answer to the last command, after those that nobody waited for."""
        while self._unseen:
            self._receive(_ANSWER_S)
            self._unseen -= 1
        return self._receive(_ANSWER_S)

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None and not ended(self._pidfd, 0.0)

    def close(self) -> None:
        """Kill the zygote; the kernel then kills everything in its process namespace."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._pidfd >= 0:
            kill(self._pidfd)
            ended(self._pidfd, _END_S)
        self.abandon()
        if self.cgroup is not None:
            self.cgroup.remove()

    def abandon(self) -> None:
        """Close our descriptors and leave the processes alone."""
        self._control.close()
        self._errors.close()
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1

    def _send(self, value: dict[str, Any], descriptors: list[int]) -> None:
        try:
            socket.send_fds(self._control, [encode(value)], descriptors)
        except OSError as error:
            raise SandboxError(self._last_words()) from error

    def _receive(self, timeout_s: float) -> tuple[dict[str, Any], list[int]]:
        self._control.settimeout(timeout_s)
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, _MAX_ANSWER, 1)
            answer = decode(data)
        except TimeoutError as error:
            raise SandboxError(f"The zygote did not answer within {timeout_s:g} s.") from error
        except (OSError, FrameError) as error:
            raise SandboxError(self._last_words()) from error
        return answer, descriptors

    def _last_words(self) -> str:
        if self._process is None:
            return "The zygote was not started."
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        self._errors.seek(0)
        words = self._errors.read(100_000).decode("utf-8", "replace").strip().splitlines()
        return f"The zygote ended: {words[-1] if words else f'exit code {self._process.returncode}'}"


@contextlib.contextmanager
def _no_jail() -> Iterator[None]:
    """Call every failure to build the jail by its name, with what to do about it where that is known."""
    try:
        yield
    except SandboxUnavailable:
        raise
    except SandboxError as error:
        raise SandboxUnavailable(str(error), remedy_for(str(error))) from error


_ALLOW_NAMESPACES = "sudo sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000"
_ALLOW_NAMESPACES_UBUNTU = "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
_UNMASK_CONTAINER = "In a container: --security-opt seccomp=unconfined --security-opt systempaths=unconfined"
_REMEDIES = {
    "creating new namespace": _ALLOW_NAMESPACES,
    "No permissions to create": _ALLOW_NAMESPACES,
    "uid map": _ALLOW_NAMESPACES_UBUNTU,
    "RTM_NEWADDR": _ALLOW_NAMESPACES_UBUNTU,
    "mount proc": _UNMASK_CONTAINER,
}


def remedy_for(words: str) -> str:
    """Return what to do about the last words of bubblewrap, "" where that is not known."""
    return next((remedy for sign, remedy in _REMEDIES.items() if sign in words), "")
