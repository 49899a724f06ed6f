"""A child and the pipes to it. It is forked and locked down ahead of time, and serves one program."""

import contextlib
import os
import time

from grader.sandbox.child import Child, End
from grader.sandbox.conversation import ChildEnded, Conversation, Stopped
from grader.sandbox.guest.frames import Kind
from grader.sandbox.outcome import Limits, SandboxError
from grader.sandbox.zygote import ZygoteProcess

_READY_S = 10.0


class Seat:
    """Asks `zygote` for a child at once and comes back to it when a program is there: `take`, then `leave`."""

    def __init__(self, zygote: ZygoteProcess) -> None:
        self._zygote = zygote
        self._child: Child | None = None
        self._conversation: Conversation | None = None
        empty, self._nothing = os.pipe()
        self._prints, prints = os.pipe()
        commands, self._commands = os.pipe()
        self._results, results = os.pipe()
        theirs = [empty, prints, commands, results]
        try:
            zygote.request_child(theirs)
        except BaseException:
            self.close()
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)

    def take(self, limits: Limits) -> None:
        """Wait until the child is locked down, check from outside that it is, and only then set its limits.

        Raises `SandboxError` if anything of the lock-down is missing.
        """
        self._child = self._zygote.receive_child()
        self._conversation = Conversation(self.child, self._prints, self._commands, self._results)
        self.conversation.begin(Limits(cpu_s=_READY_S), time.monotonic() + _READY_S)
        try:
            self.conversation.wait(Kind.READY, 0)
        except (ChildEnded, Stopped) as error:
            words = self.conversation.take_last_prints() or str(error)
            raise SandboxError(f"A child could not be locked down: {words}") from error
        self.child.check(self._zygote.cgroup)
        self.child.limit(limits)
        if self._zygote.cgroup is not None:
            self._zygote.cgroup.limit_memory(limits.memory_mib)

    @property
    def child(self) -> Child:
        assert self._child is not None, "the seat is not taken"
        return self._child

    @property
    def conversation(self) -> Conversation:
        assert self._conversation is not None, "the seat is not taken"
        return self._conversation

    @property
    def out_of_memory_kills(self) -> int:
        """How many processes of this jail the kernel has killed so far for want of memory."""
        return 0 if self._zygote.cgroup is None else self._zygote.cgroup.out_of_memory_kills()

    def leave(self) -> End:
        """Kill the child, whatever it is doing, and return how it ended."""
        self.child.kill()
        return self._zygote.reap(self.child)

    def dismiss(self) -> None:
        """Kill the child and do not wait: tearing it down takes milliseconds, the zygote will have done it in time."""
        self.child.kill()
        self._zygote.reap_unseen(self.child)

    def close(self) -> None:
        """Close our ends of everything. A child that was not killed ends with its zygote."""
        for descriptor in (self._nothing, self._prints, self._commands, self._results):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        if self._child is not None:
            self._child.kill()
            self._child.close()
            self._child = None
