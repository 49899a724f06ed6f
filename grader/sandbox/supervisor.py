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
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Self

from grader.sandbox.backoff import Backoff
from grader.sandbox.metrics import Metrics
from grader.sandbox.outcome import Call, Kind, Limits, Outcome, Program, SandboxError, SandboxUnavailable, Status
from grader.sandbox.pool import PARKED, Pool
from grader.sandbox.run import CallerError, OnResult, Run
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
        self._backoff = Backoff()
        self.metrics = Metrics()
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

    def run(
        self,
        program: Program,
        calls: Iterable[Call],
        limits: Limits = Limits(),  # noqa: B008 - immutable
        *,
        on_result: OnResult | None = None,
    ) -> Outcome:
        """Run `program` in a fresh child, make `calls` in order, and return what came of it.

        `on_result(position, result)` is told each result as it comes, before the next call is asked for. `calls` may
        be a generator, which then sees what has come so far; the run is over when it ends. The limits hold for all
        calls together. The time that `calls` and `on_result` take is not the program's, and what they raise is raised
        here: it ends this program, and leaves the jail as it is.

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
                with contextlib.closing(seat):
                    outcome = Run(seat, limits, began).go(program, calls, on_result)
            except CallerError as callers:
                raise callers.error from callers.error.__cause__
            except SandboxUnavailable:
                self.close()
                raise
            except (SandboxError, OSError) as error:
                self.close()  # whatever state it is in, the next run gets a new one
                self.metrics.errors += 1
                self._backoff.failed(error)
                raise error if isinstance(error, SandboxError) else SandboxError(str(error)) from error
            except BaseException:  # the worker wants to stop
                self.close()
                raise
            self._backoff.succeeded()
            self.metrics.ends[outcome.status.value] += 1
            return outcome

    def run_if_idle(self, program: Program, calls: Sequence[Call], limits: Limits) -> Outcome | None:
        """Do what `run` does, or nothing if another thread is running a program at this moment."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            return self.run(program, calls, limits)
        finally:
            self._lock.release()

    def refill(self) -> None:
        """Look at the children that are ready and ask for those that are missing; does not wait for them.

        Call it when nobody waits for an answer: forking takes the processor from a program that runs. Who never calls
        it gets one child ahead, asked for when the last parked one is taken.
        """
        if self._owner != os.getpid() or not self._lock.acquire(blocking=False):
            return
        try:
            if self._pool is not None:
                self._pool.tend()
                self._pool.fill()
        finally:
            self._lock.release()

    def snapshot(self) -> dict[str, Any]:
        """Return the state of this sandbox as JSON-ready data; does not wait for a run in progress."""
        pool = self._pool
        return {
            "kind": self.kind,
            "tier": "" if pool is None else pool.zygote.tier.name,
            "pool": self._parked,
            "parked": 0 if pool is None else pool.parked,
            "failures_in_a_row": self._backoff.failures,
            "next_try_s": round(self._backoff.wait_s, 1),
            **self.metrics.as_dict(),
        }

    def _take_seat(self, limits: Limits) -> Seat:
        """Return a seat whose child is checked and limited; a zygote that died unseen is replaced, once."""
        try:
            return self._opened().take(limits)
        except SandboxUnavailable:
            raise
        except SandboxError:
            self.metrics.crashes += 1
            self.close()
            return self._opened().take(limits)

    def _opened(self) -> Pool:
        """Return the pool of a living zygote of this process."""
        if self._owner != os.getpid():
            self._forget()
        dead = not self._opener.is_alive()  # bubblewrap dies with the thread that started it
        if self._zygote is not None and (dead or not self._zygote.alive()):
            self.metrics.crashes += not dead
            self.close()
        if self._pool is None:
            self._open()
        elif self._runs >= _RECYCLE_RUNS or time.monotonic() - self._opened_at > _RECYCLE_S:
            self._renew()
        assert self._pool is not None
        return self._pool

    def _open(self) -> None:
        self._backoff.check()
        try:
            self._use(self._warm_pool(ZygoteProcess(self.kind)))
        except SandboxUnavailable as error:
            self._backoff.failed(error)
            raise

    def _renew(self) -> None:
        """Start the successor of an old zygote, which serves on until the successor has imported its libraries.

        It also serves on for as long as no successor can be had.
        """
        if self._backoff.wait_s:
            return
        try:
            if self._successor is None:
                self._successor = ZygoteProcess(self.kind)
            elif self._successor.is_ready():
                successor, self._successor = self._successor, None
                self._use(self._warm_pool(successor))
                self.metrics.recycled += 1
        except SandboxUnavailable as error:
            self._backoff.failed(error)

    def _use(self, pool: Pool) -> None:
        if self._pool is not None:
            self._pool.close()
        self._pool = pool
        self._owner, self._opener = os.getpid(), threading.current_thread()
        self._runs, self._opened_at = 0, time.monotonic()
        self.metrics.openings += 1

    def _warm_pool(self, zygote: ZygoteProcess) -> Pool:
        """Lock one child down for nothing, so that a jail that cannot be built is known before any source arrives."""
        pool = Pool(zygote, self._parked, self.metrics)
        try:
            zygote.finish()
            with contextlib.closing(pool.take(Limits())) as seat:
                seat.leave()
        except BaseException as error:
            pool.close()
            if isinstance(error, SandboxError) and not isinstance(error, SandboxUnavailable):
                raise SandboxUnavailable(str(error)) from error
            raise
        pool.fill()
        return pool

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
