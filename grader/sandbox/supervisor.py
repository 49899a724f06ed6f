"""The sandbox: runs a learner's program where it can do nothing but compute.

Theory of operation
-------------------
The worker that owns a `Sandbox` holds credentials and reference outputs, and never imports learner code. It *executes*
bubblewrap (it never forks itself), which builds a jail without network, without the project, with nothing but the
interpreter, the libraries and the guest code, all read-only. In it runs one zygote, which has the libraries imported.

For each program the zygote forks one child straight into new namespaces, and the child gives up everything it has
(guest/lockdown.py) and says READY. The supervisor then looks at the child *from outside*: capabilities, seccomp, no new
privileges, user, process namespace, control group. Only if all of it holds are the limits set and the source sent.

Calls go in one at a time, results come out as frames (guest/frames.py), and the conversation ends at the first limit
reached (conversation.py). One child serves one program: whatever happened, it is killed and reaped, and the zygote,
which never saw the source, forks the next one. Nothing secret enters the jail: no expected output, no tolerance, no
later input.

The next children are forked, locked down and checked while nobody waits for them (pool.py, seat.py): they are parked,
without a program and without limits of their own, until the next runs take them.

How a run ends is decided here alone, from what the kernel tells: the signal, the clocks, the out-of-memory count.
"""

import contextlib
import os
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from grader.sandbox.outcome import Call, Kind, Limits, Outcome, Program, SandboxError, SandboxUnavailable, Status
from grader.sandbox.pool import PARKED, Pool
from grader.sandbox.run import Run
from grader.sandbox.seat import Seat
from grader.sandbox.zygote import ZygoteProcess

MAX_SOURCE_KIB = 256
_RECYCLE_RUNS = 2000  # forks of one zygote share its address layout and hash secret: not for ever
_RECYCLE_S = 15 * 60


class Sandbox:
    """Runs programs of one kind ("numpy" or "torch"), one at a time, each in a jail of its own."""

    def __init__(self, kind: Kind, parked: int = PARKED) -> None:
        """`parked` is how many children wait ready for a program; each takes memory."""
        self.kind = kind
        self._parked = parked
        self._pool: Pool | None = None
        self._successor: ZygoteProcess | None = None
        self._owner = 0
        self._opener = threading.current_thread()
        self._runs = 0
        self._opened_at = 0.0
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Build the jail and warm it up, unless that is done. Raises `SandboxUnavailable` if it cannot be built."""
        with self._lock:
            self._opened()

    def close(self) -> None:
        """End the zygote and everything in its jail."""
        with self._lock:
            for part in (self._pool, self._successor):
                if part is not None:
                    part.close()
            self._pool = self._successor = None

    def run(self, program: Program, calls: Sequence[Call], limits: Limits = Limits()) -> Outcome:  # noqa: B008 - immutable
        """Run `program` in a fresh child, make `calls` in order, and return what came of it.

        Raises
        ------
        SandboxUnavailable
            The jail cannot be built here.
        SandboxError
            Something of ours failed; the run says nothing about the program and may be tried again.
        """
        refusal = _refuse_source(program.source)
        if refusal:
            return Outcome(Status.SYNTAX_ERROR, detail=refusal)
        began = time.monotonic()
        with self._lock:
            self._runs += 1
            try:
                seat = self._take_seat(limits)
                pool = self._pool
                assert pool is not None
                with contextlib.closing(seat):
                    outcome = Run(seat, limits, began, pool.tend).go(program, calls)
            except OSError as error:
                self.close()
                raise SandboxError(str(error)) from error
            except BaseException:
                self.close()  # whatever state it is in, the next run gets a new one
                raise
            pool.fill()
            return outcome

    def run_if_idle(self, program: Program, calls: Sequence[Call], limits: Limits) -> Outcome | None:
        """Do what `run` does, or nothing if another thread is running a program at this moment."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            return self.run(program, calls, limits)
        finally:
            self._lock.release()

    def _take_seat(self, limits: Limits) -> Seat:
        """Return a seat whose child is checked and limited; a zygote that died unseen is replaced, once."""
        try:
            return self._opened().take(limits)
        except SandboxUnavailable:
            raise
        except SandboxError:
            self.close()
            return self._opened().take(limits)

    def _opened(self) -> Pool:
        """Return the pool of a living zygote of this process."""
        if self._owner != os.getpid():
            self._forget()
        dead = not self._opener.is_alive()  # bubblewrap dies with the thread that started it
        if self._zygote is not None and (dead or not self._zygote.alive()):
            self.close()
        if self._pool is None:
            self._install(ZygoteProcess(self.kind))
        elif self._runs >= _RECYCLE_RUNS or time.monotonic() - self._opened_at > _RECYCLE_S:
            self._renew()
        assert self._pool is not None
        return self._pool

    def _renew(self) -> None:
        """Start the successor of an old zygote, which serves on until the successor has imported its libraries."""
        if self._successor is None:
            self._successor = ZygoteProcess(self.kind)
        elif self._successor.is_ready():
            successor, self._successor = self._successor, None
            self.close()
            self._install(successor)

    def _install(self, zygote: ZygoteProcess) -> None:
        self._pool = Pool(zygote, self._parked)
        self._owner, self._opener = os.getpid(), threading.current_thread()
        self._runs, self._opened_at = 0, time.monotonic()
        try:
            zygote.finish()
            self._prove_usable(self._pool)
        except BaseException:
            self.close()
            raise
        self._pool.fill()

    @staticmethod
    def _prove_usable(pool: Pool) -> None:
        """Lock one child down for nothing, so that a jail that cannot be built is known before any source arrives."""
        try:
            with contextlib.closing(pool.take(Limits())) as seat:
                seat.leave()
        except SandboxError as error:
            raise SandboxUnavailable(str(error)) from error

    @property
    def _zygote(self) -> ZygoteProcess | None:
        return None if self._pool is None else self._pool.zygote

    def _forget(self) -> None:
        """Let go of what the parent process opened: it is not ours to use or to end."""
        for part in (self._pool, self._successor):
            if part is not None:
                part.abandon()
        self._pool = self._successor = None


def _refuse_source(source: str) -> str:
    size = len(source.encode("utf-8", "replace"))
    if size > MAX_SOURCE_KIB * 1024:
        return f"The source has {size:,} bytes; at most {MAX_SOURCE_KIB * 1024:,} are allowed."
    return ""
