"""The zygote: imports the libraries once and forks a locked-down child for each submission.

It runs no learner code. Over one SEQPACKET socket it reads commands of one frame each and answers each with one packet:

    SETUP {walls, kind}      -> pidfd of the zygote, once the libraries are imported and warm
    SPAWN + 4 descriptors    -> pid (in the jail) and pidfd of the new child
    REAP {pid}               -> how the child ended and what it used; waits for the end

Any error ends the zygote: the supervisor sees the socket close, reads the message from stderr and starts another.
"""

import os
import signal
import socket
import sys
from typing import Any

from . import kernel
from .child import rehearse, serve
from .frames import decode, encode
from .lockdown import Walls
from .warm import warm_up

_MAX_COMMAND = 2**16
_SPAWN_DESCRIPTORS = 4


class Zygote:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._walls = Walls(b"", [])
        self._kind = ""
        self._handlers = {"setup": self._setup, "spawn": self._spawn, "reap": self._reap}

    def run(self) -> None:
        """Answer commands until the supervisor is gone."""
        while True:
            data, descriptors, _, _ = socket.recv_fds(self._control, _MAX_COMMAND, _SPAWN_DESCRIPTORS)
            if not data:
                return
            command = decode(data)
            self._handlers[command["command"]](command, descriptors)

    def _answer(self, value: dict[str, Any], descriptor: int = -1) -> None:
        if descriptor < 0:
            self._control.send(encode(value))
            return
        socket.send_fds(self._control, [encode(value)], [descriptor])
        os.close(descriptor)

    def _setup(self, command: dict[str, Any], _descriptors: list[int]) -> None:
        self._walls = Walls(command["seccomp"].tobytes(), command["readable"])
        self._kind = command["kind"]
        rehearse(tensors=self._kind == "torch")
        warm_up(self._kind)
        self._answer({}, os.pidfd_open(os.getpid()))

    def _spawn(self, _command: dict[str, Any], descriptors: list[int]) -> None:
        pid, pidfd = kernel.fork_into_namespaces()
        if pid == 0:
            serve(descriptors, self._walls, tensors=self._kind == "torch")
        for descriptor in descriptors:
            os.close(descriptor)
        self._answer({"pid": pid}, pidfd)

    def _reap(self, command: dict[str, Any], _descriptors: list[int]) -> None:
        _, status, usage = os.wait4(command["pid"], 0)
        code = os.waitstatus_to_exitcode(status)
        self._answer(
            {
                "exit_code": max(code, 0),
                "signal": max(-code, 0),
                "cpu_s": usage.ru_utime + usage.ru_stime,
                "peak_memory_mib": usage.ru_maxrss / 1024,
            }
        )


def main() -> None:
    kernel.die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the supervisor's business
    Zygote(socket.socket(fileno=int(sys.argv[1]))).run()
