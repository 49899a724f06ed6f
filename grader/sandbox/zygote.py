"""The zygote seen from outside: start bubblewrap, set up, spawn and reap children over one control socket."""

import contextlib
import os
import socket
import subprocess
import tempfile
from typing import Any

import numpy as np

from grader.sandbox import bubblewrap, libraries, seccomp
from grader.sandbox.cgroups import Cgroup, open_cgroup
from grader.sandbox.child import Child, End, pid_of
from grader.sandbox.guest.frames import FrameError, decode, encode
from grader.sandbox.outcome import Kind, SandboxError, SandboxUnavailable

_START_S = 60.0  # a cold `import torch` from a slow disk
_ANSWER_S = 10.0
_MAX_ANSWER = 2**16


class ZygoteProcess:
    """A running zygote of one kind. Any failure raises; the owner then closes it and starts another."""

    def __init__(self, kind: Kind) -> None:
        view = libraries.view(kind)
        program = seccomp.program()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()
        self.cgroup: Cgroup | None = open_cgroup()
        with theirs:
            self._process = subprocess.Popen(
                bubblewrap.command(view, theirs.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=(theirs.fileno(),),
                close_fds=True,
                cwd="/",
                env={},
            )
        try:
            self._set_up(kind, program, view.readable)
        except SandboxError as error:
            self.close()
            raise SandboxUnavailable(*_explain(str(error))) from error
        except BaseException:
            self.close()
            raise

    def _set_up(self, kind: Kind, program: bytes, readable: list[str]) -> None:
        _, descriptors = self._receive(_START_S)
        try:
            if self.cgroup is not None:
                self.cgroup.attach(pid_of(descriptors[0]))
        finally:
            os.close(descriptors[0])
        command = {"kind": kind, "seccomp": np.frombuffer(program, np.uint8), "readable": readable}
        self._send({"command": "setup", **command}, [])
        self._receive(_START_S)

    def spawn(self, descriptors: list[int]) -> Child:
        """Fork a child that owns copies of `descriptors`: an empty stream, prints, commands, results."""
        self._send({"command": "spawn"}, descriptors)
        _, received = self._receive(_ANSWER_S)
        return Child(received[0])

    def reap(self) -> End:
        """Wait for the end of the child, which the caller has killed or seen ending."""
        self._send({"command": "reap"}, [])
        answer, _ = self._receive(_ANSWER_S)
        return End(**answer)

    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Kill bubblewrap; the kernel then kills everything in its process namespace."""
        self._process.kill()
        self._process.wait()
        self._control.close()
        self._errors.close()
        if self.cgroup is not None:
            self.cgroup.remove()

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
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        self._errors.seek(0)
        words = self._errors.read(100_000).decode("utf-8", "replace").strip().splitlines()
        return f"The zygote ended: {words[-1] if words else f'exit code {self._process.returncode}'}"


_REMEDIES = {
    "user namespace": "sudo sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0",
    "uid map": "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    "RTM_NEWADDR": "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    "mount proc": "In a container, start it with `--security-opt systempaths=unconfined --security-opt seccomp=unconfined`.",
}


def _explain(words: str) -> tuple[str, str]:
    """Return (reason, remedy) for what bubblewrap or the zygote said last."""
    return words, next((remedy for sign, remedy in _REMEDIES.items() if sign in words), "")
