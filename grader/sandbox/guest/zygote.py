"""The zygote: imports the libraries once and forks a locked-down child for each submission.

It runs no learner code. Over one SEQPACKET socket it reads one frame and then orders, and answers each with one packet:

    setup {walls, user, kind}       -> pidfds of process 1 (the zygote or its keeper) and of the zygote, once it is warm
    SPAWN user + 3 descriptors      -> pid (in the jail) and pidfd of the new child
    REAP pid                        -> how the child ended and what it used; waits for the end

Any error ends the zygote: the supervisor sees the socket close, reads the message from stderr and starts another.
"""

import os
import signal
import socket
import sys
import time
from pathlib import Path

from . import credentials, kernel
from .child import rehearse, serve
from .frames import decode
from .learner import capture_prints
from .lockdown import Walls
from .orders import CHILD, END, ORDER, SPAWN
from .warm import warm_up

_MAX_SETUP = 2**16
_PIPES = 3
_REHEARSALS = 20  # the interpreter rewrites bytecode that it meets again and again; after that it is left alone


class Zygote:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        data, _, _, _ = socket.recv_fds(control, _MAX_SETUP, 0)
        setup = decode(data)
        for name, number in setup["namespaces_outside"].items():
            if Path(f"/proc/self/ns/{name}").stat().st_ino == number:
                raise RuntimeError(f"The jail has no {name} namespace of its own.")
        user_namespaces = setup["user_namespaces"]
        if setup["user"]:
            credentials.become(setup["user"], () if user_namespaces else credentials.TO_MAKE_NAMESPACES)
            kernel.die_with_parent()  # cleared by the change of user
        self._walls = Walls(setup["seccomp"].tobytes(), setup["readable"], os.getuid(), user_namespaces)
        self._tensors = setup["kind"] == "torch"
        for _ in range(_REHEARSALS):
            rehearse(tensors=self._tensors)
        capture_prints()
        warm_up(setup["kind"])
        self._answer(b"ready", os.pidfd_open(1), os.pidfd_open(os.getpid()))

    def run(self) -> None:
        """Follow orders until the supervisor is gone."""
        while True:
            data, descriptors, _, _ = socket.recv_fds(self._control, ORDER.size, _PIPES)
            if not data:
                return
            what, number = ORDER.unpack(data)
            if what == SPAWN:
                self._spawn(number, descriptors)
            else:
                self._reap(number)

    def _answer(self, data: bytes, *descriptors: int) -> None:
        socket.send_fds(self._control, [data], descriptors)
        for descriptor in descriptors:
            os.close(descriptor)

    def _spawn(self, user: int, descriptors: list[int]) -> None:
        began = time.monotonic()
        pid, pidfd = kernel.fork_into_namespaces(user_namespace=self._walls.user_namespaces)
        if pid == 0:
            serve(descriptors, self._walls, user, began, tensors=self._tensors)
        for descriptor in descriptors:
            os.close(descriptor)
        self._answer(CHILD.pack(pid), pidfd)

    def _reap(self, pid: int) -> None:
        _, status, usage = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        cpu_s, peak_memory_mib = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        self._answer(END.pack(max(code, 0), max(-code, 0), cpu_s, peak_memory_mib))


def main() -> None:
    kernel.die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the supervisor's business
    Zygote(socket.socket(fileno=int(sys.argv[1]))).run()
