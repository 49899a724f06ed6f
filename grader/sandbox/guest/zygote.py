"""The zygote: imports the libraries once and forks a locked-down child for each submission.

It runs no learner code. Over one SEQPACKET socket it reads commands of one frame each and answers each with one packet:

    SETUP {walls, user, kind}       -> pidfds of process 1 (the zygote or its keeper) and of the zygote, once it is warm
    SPAWN {user} + 4 descriptors    -> pid (in the jail) and pidfd of the new child
    REAP {pid}                      -> how the child ended and what it used; waits for the end

Any error ends the zygote: the supervisor sees the socket close, reads the message from stderr and starts another.
"""

import os
import signal
import socket
import sys
import time
from typing import Any

from . import credentials, kernel
from .child import rehearse, serve
from .frames import decode, encode
from .lockdown import Walls
from .warm import warm_up

_MAX_COMMAND = 2**16
_PIPES = 4


class Zygote:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._walls = Walls(b"", [], 0, user_namespaces=True)
        self._kind = ""
        self._handlers = {"setup": self._setup, "spawn": self._spawn, "reap": self._reap}

    def run(self) -> None:
        """Answer commands until the supervisor is gone."""
        while True:
            data, descriptors, _, _ = socket.recv_fds(self._control, _MAX_COMMAND, _PIPES)
            if not data:
                return
            command = decode(data)
            self._handlers[command["command"]](command, descriptors)

    def _answer(self, value: dict[str, Any], *descriptors: int) -> None:
        socket.send_fds(self._control, [encode(value)], descriptors)
        for descriptor in descriptors:
            os.close(descriptor)

    def _setup(self, command: dict[str, Any], _descriptors: list[int]) -> None:
        user_namespaces = command["user_namespaces"]
        if command["user"]:
            credentials.become(command["user"], () if user_namespaces else credentials.TO_MAKE_NAMESPACES)
            kernel.die_with_parent()  # cleared by the change of user
        self._walls = Walls(command["seccomp"].tobytes(), command["readable"], os.getuid(), user_namespaces)
        self._kind = command["kind"]
        rehearse(tensors=self._kind == "torch")
        warm_up(self._kind)
        self._answer({}, os.pidfd_open(1), os.pidfd_open(os.getpid()))

    def _spawn(self, command: dict[str, Any], descriptors: list[int]) -> None:
        began = time.monotonic()
        pid, pidfd = kernel.fork_into_namespaces(user_namespace=self._walls.user_namespaces)
        if pid == 0:
            serve(descriptors, self._walls, command["user"], began, tensors=self._kind == "torch")
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
