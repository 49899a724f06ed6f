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
reached (conversation.py). One child serves one program: whatever happened, it is killed and reaped, and the zygote, which
never saw the source, forks the next one. Nothing secret enters the jail: no expected output, no tolerance, no later input.

How a run ends is decided here alone, from what the kernel tells: the signal, the clocks, the out-of-memory count.
"""

import os
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from grader.sandbox.outcome import Call, Kind, Limits, Outcome, Program, SandboxError, Status
from grader.sandbox.run import Run
from grader.sandbox.zygote import ZygoteProcess

MAX_SOURCE_KIB = 256
_RECYCLE_RUNS = 2000  # forks of one zygote share its address layout and hash secret: not for ever
_RECYCLE_S = 15 * 60


class Sandbox:
    """Runs programs of one kind ("numpy" or "torch"), one at a time, each in a jail of its own."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._zygote: ZygoteProcess | None = None
        self._owner = 0
        self._runs = 0
        self._opened_at = 0.0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Build the jail and warm it up, unless that is done. Raises `SandboxUnavailable` if it cannot be built."""
        if self._zygote is not None and self._owner != os.getpid():
            self._zygote = None  # it belongs to the process this one was forked from
        old = self._runs >= _RECYCLE_RUNS or time.monotonic() - self._opened_at > _RECYCLE_S
        if self._zygote is not None and self._zygote.alive() and not old:
            return
        self.close()
        self._zygote = ZygoteProcess(self.kind)
        self._owner, self._runs, self._opened_at = os.getpid(), 0, time.monotonic()

    def close(self) -> None:
        """End the zygote and everything in its jail."""
        if self._zygote is not None and self._owner == os.getpid():
            self._zygote.close()
        self._zygote = None

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
        with self._lock:
            self.open()
            self._runs += 1
            assert self._zygote is not None
            try:
                return Run(self._zygote, limits).go(program, calls)
            except (SandboxError, OSError) as error:
                self.close()  # whatever state it is in, the next run gets a new one
                raise error if isinstance(error, SandboxError) else SandboxError(str(error)) from error
            except BaseException:
                self.close()
                raise


def _refuse_source(source: str) -> str:
    size = len(source.encode("utf-8", "replace"))
    if size > MAX_SOURCE_KIB * 1024:
        return f"The source has {size:,} bytes; at most {MAX_SOURCE_KIB * 1024:,} are allowed."
    return ""
