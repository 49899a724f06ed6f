"""The zygote seen from outside: start bubblewrap, set up, spawn and reap children over one control socket."""

import contextlib
import os
import select
import socket
import subprocess
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.sandbox import bubblewrap, libraries, seccomp, tiers
from grader.sandbox.cgroups import Cgroup, open_cgroup
from grader.sandbox.child import Child, End, Usage, check_zygote, ended, kill, pid_of
from grader.sandbox.guest.frames import encode
from grader.sandbox.guest.orders import CHILD, END, ORDER, REAP, SPAWN
from grader.sandbox.outcome import Kind, SandboxError, SandboxUnavailable
from grader.sandbox.remedies import remedy_for

_NAMESPACES = ("ipc", "mnt", "net", "pid", "uts")
_START_S = 60.0  # a cold `import torch` from a slow disk
_ANSWER_S = 10.0
_END_S = 5.0


@dataclass(slots=True)
class Order:
    """Something the zygote was told to do, and its answer once that is there."""

    answer: bytes | None = None
    descriptor: int = -1  # the pidfd of a child
    user: int = 0  # of the host, whom the child is to run as
    is_cancelled: bool = False

    def release(self) -> int:
        """Return the descriptor, which is the caller's to close from then on."""
        descriptor, self.descriptor = self.descriptor, -1
        return descriptor


class ZygoteProcess:
    """A zygote of one kind: started by the constructor, usable after `finish`.

    Any failure raises; the owner then closes it and starts another.
    """

    def __init__(self, kind: Kind) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = os.fdopen(os.memfd_create("errors of the zygote"), "w+b")
        self._process: subprocess.Popen[bytes] | None = None
        self._pidfd = -1  # of process 1 of the jail
        self._open_orders: deque[Order] = deque()
        self.cgroup: Cgroup | None = None
        self.resident_mib = 0.0
        try:
            with _no_jail(), theirs:
                self.tier = tiers.choose()
                view = libraries.view(kind)
                self.tier.check_readable(view.bound.values())
                self._start(bubblewrap.command(view, self.tier, theirs.fileno()), theirs.fileno())
                self._send(encode(self._setup(kind, view)), [])
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

    def _setup(self, kind: Kind, view: libraries.View) -> dict[str, Any]:
        return {
            "kind": kind,
            "namespaces_outside": {name: Path(f"/proc/self/ns/{name}").stat().st_ino for name in _NAMESPACES},
            "seccomp": np.frombuffer(seccomp.program(), np.uint8),
            "readable": view.readable,
            "user": self.tier.user,
            "user_namespaces": self.tier.user_namespaces,
        }

    def is_ready(self) -> bool:
        """Whether `finish` would return at once, be it with an error."""
        return bool(select.select([self._control], [], [], 0.0)[0])

    def finish(self) -> None:
        """Wait until the libraries are imported, put the zygote into its group, check it from outside.

        Raises `SandboxUnavailable` with the words of bubblewrap or of the zygote.
        """
        with _no_jail():
            _, (self._pidfd, zygote) = self._receive(_START_S)
            with os.fdopen(zygote):
                pid = pid_of(zygote)
                self.cgroup = open_cgroup(pid)
                self.resident_mib = check_zygote(pid, self.tier)

    def order_child(self, descriptors: list[int]) -> Order:
        """Ask for a child that owns copies of `descriptors`: prints, commands, results."""
        user = self.tier.next_user()
        order = self._order(SPAWN, user, descriptors)
        order.user = user
        return order

    def has_answered(self, order: Order) -> bool:
        """Whether the answer to `order` is there; does not wait."""
        while order.answer is None and select.select([self._control], [], [], 0.0)[0]:
            self._receive_next(_ANSWER_S)
        return order.answer is not None

    def receive_child(self, order: Order) -> Child:
        """Wait for the child that was asked for and return it."""
        (pid,) = CHILD.unpack(self._answer_to(order))
        if order.descriptor < 0:
            raise SandboxError("The descriptor of a child could not be received.")
        child = Child(order.descriptor, pid, order.user)
        order.release()  # only now: a child that cannot be watched is cancelled by its order
        return child

    def cancel(self, order: Order) -> None:
        """Do without a child that has not been received: it is killed when it comes."""
        order.is_cancelled = True
        if order.answer is not None:
            self._discard_child(order)

    def reap(self, child: Child) -> End:
        """Wait for the end of a child that was killed or has ended."""
        answer = self._answer_to(self._order(REAP, child.pid_in_jail, []))
        exit_code, signal, cpu_s, peak_memory_mib = END.unpack(answer)
        return End(exit_code, signal, Usage(cpu_s, peak_memory_mib))

    def reap_unseen(self, pid_in_jail: int) -> None:
        """Have a child that was killed waited for, without waiting oneself."""
        self._order(REAP, pid_in_jail, [])

    def _order(self, what: bytes, number: int, descriptors: list[int]) -> Order:
        self._send(ORDER.pack(what, number), descriptors)
        order = Order()
        self._open_orders.append(order)
        return order

    def _answer_to(self, order: Order) -> bytes:
        while order.answer is None:
            self._receive_next(_ANSWER_S)
        return order.answer

    def _receive_next(self, timeout_s: float) -> None:
        """Receive the answer to the first open order: the zygote works on one after the other."""
        answer, descriptors = self._receive(timeout_s)
        order = self._open_orders.popleft()
        order.answer = answer
        order.descriptor = descriptors[0] if descriptors else -1
        if order.is_cancelled:
            self._discard_child(order)

    def _discard_child(self, order: Order) -> None:
        assert order.answer is not None
        if order.descriptor >= 0:  # a process that may open no more does not get it: then the child ends with its pipes
            kill(order.descriptor)
            os.close(order.release())
        with contextlib.suppress(SandboxError):
            self.reap_unseen(*CHILD.unpack(order.answer))

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
        for order in self._open_orders:
            order.is_cancelled = True
        self._open_orders.clear()

    def _send(self, data: bytes, descriptors: list[int]) -> None:
        try:
            socket.send_fds(self._control, [data], descriptors)
        except OSError as error:
            raise SandboxError(self._last_words()) from error

    def _receive(self, timeout_s: float) -> tuple[bytes, list[int]]:
        self._control.settimeout(timeout_s)
        try:
            answer, descriptors, _, _ = socket.recv_fds(self._control, END.size, 2)
        except TimeoutError as error:
            raise SandboxError(f"The zygote did not answer within {timeout_s:g} s.") from error
        except OSError as error:
            raise SandboxError(self._last_words()) from error
        if not answer:
            raise SandboxError(self._last_words())
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
