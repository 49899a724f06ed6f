"""A child and the pipes to it. It is forked, locked down and checked ahead of time, and serves one program."""

import contextlib
import os
import select
import time

from grader.sandbox.child import Child, End
from grader.sandbox.conversation import ChildEnded, Conversation, Stopped
from grader.sandbox.guest.frames import Kind
from grader.sandbox.outcome import Limits, SandboxError
from grader.sandbox.zygote import ZygoteProcess

_READY_S = 10.0
_MARGIN_MIB = 32  # page tables, and what the kernel counts later


class Seat:
    """Asks `zygote` for a child at once; then `admit` as often as wanted, `take`, and `leave` or `dismiss`."""

    def __init__(self, zygote: ZygoteProcess) -> None:
        self._zygote = zygote
        self._child: Child | None = None
        self._conversation: Conversation | None = None
        self.is_admitted = False
        self.refill_s = 0.0  # what the child took from its fork to its lock-down
        self._is_left = False
        self._prints, prints = os.pipe()
        commands, self._commands = os.pipe()
        self._results, results = os.pipe()
        theirs = [prints, commands, results]
        try:
            self._order = zygote.order_child(theirs)
        except BaseException:
            self._close_pipes()
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)

    def admit(self, *, wait: bool) -> bool:
        """Check the child from outside as soon as it is locked down; return whether that is done.

        What it has given up it can never get back, so it need not be checked again when a program comes.
        Raises `SandboxError` if anything of the lock-down is missing.
        """
        if self.is_admitted:
            return True
        if self._child is None:
            if not wait and not self._zygote.has_answered(self._order):
                return False
            self._child = self._zygote.receive_child(self._order)
            self._conversation = Conversation(self.child, self._prints, self._commands, self._results)
            self._conversation.begin(Limits(cpu_s=_READY_S), time.monotonic() + _READY_S)
        if not wait and not select.select([self._results], [], [], 0.0)[0]:
            return False
        try:
            self.refill_s = float(self.conversation.wait(Kind.READY, 0))  # written in one piece
        except (ChildEnded, Stopped) as error:
            words = self.conversation.take_last_prints() or str(error)
            raise SandboxError(f"A child could not be locked down: {words}") from error
        self.child.check(self._zygote.cgroup)
        self.is_admitted = True
        return True

    def take(self, limits: Limits) -> None:
        """Wait until the child is admitted, and set its limits. Raises `SandboxError` if it cannot be used."""
        self.admit(wait=True)
        if self.child.has_ended(0.0):
            raise SandboxError("A child of the jail ended before it got a program.")
        self.child.limit(limits)
        if self._zygote.cgroup is not None:
            # Out of memory, the kernel ends the process of the group that scores most: resident memory, and for a
            # child, which asked for it, the whole limit of the group besides. That must be more than its zygote has.
            least = self._zygote.resident_mib - self.child.at_start.memory_mib + _MARGIN_MIB
            self._zygote.cgroup.limit_memory(max(limits.memory_mib, round(least)))

    @property
    def child(self) -> Child:
        assert self._child is not None, "the seat has no child yet"
        return self._child

    @property
    def conversation(self) -> Conversation:
        assert self._conversation is not None, "the seat has no child yet"
        return self._conversation

    @property
    def out_of_memory_kills(self) -> int:
        """How many processes of this jail the kernel has killed so far for want of memory."""
        return 0 if self._zygote.cgroup is None else self._zygote.cgroup.out_of_memory_kills()

    def leave(self) -> End:
        """Kill the child, whatever it is doing, and return how it ended."""
        self.child.kill()
        self._is_left = True
        return self._zygote.reap(self.child)

    def dismiss(self) -> None:
        """Kill the child and do not wait: tearing it down takes milliseconds, the zygote will have done it in time."""
        self.child.kill()
        self._is_left = True
        self._zygote.reap_unseen(self.child.pid_in_jail)

    def close(self) -> None:
        """Close our ends of everything; a child that is still there is killed."""
        with contextlib.suppress(SandboxError):  # a zygote that is gone has taken the child with it
            if self._child is None:
                self._zygote.cancel(self._order)
            elif not self._is_left:
                self.dismiss()
        self.abandon()

    def abandon(self) -> None:
        """Close our ends of everything and leave the child alone."""
        self._close_pipes()
        if self._child is not None:
            self._child.close()
        elif self._order.descriptor >= 0:
            os.close(self._order.release())

    def _close_pipes(self) -> None:
        for descriptor in (self._prints, self._commands, self._results):
            os.close(descriptor)
