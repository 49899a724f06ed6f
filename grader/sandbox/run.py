"""One program in one child, from the fork to the outcome."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator, Sequence

from grader.sandbox.child import Child, End
from grader.sandbox.conversation import BROKEN, ChildEnded, Conversation, Stopped
from grader.sandbox.guest.frames import FrameError, Kind, pack
from grader.sandbox.outcome import Call, CallResult, LearnerError, Limits, Outcome, Program, SandboxError, Status
from grader.sandbox.results import read_loaded, read_result
from grader.sandbox.zygote import ZygoteProcess

_READY_S = 10.0
_END_S = 1.0
_MEMORY = "The program needed more memory than the {} MiB it may take."


class Run:
    """One program in one child of `zygote`. Use once."""

    def __init__(self, zygote: ZygoteProcess, limits: Limits) -> None:
        self._zygote = zygote
        self._limits = limits
        self._began = time.monotonic()
        self._phases: dict[str, float] = {}
        self._results: list[CallResult] = []
        self._prints = ""
        self._error: LearnerError | None = None
        self._kills_before = 0

    def go(self, program: Program, calls: Sequence[Call]) -> Outcome:
        """Spawn the child, run the program in it, end it, and return the outcome."""
        with _pipes() as (theirs, ours):
            child = self._zygote.spawn(theirs)
            for descriptor in theirs:
                os.close(descriptor)
            theirs.clear()
            try:
                conversation = Conversation(child, *ours)
                self._admit(child, conversation)
                stop = self._converse(conversation, program, calls)
                ended_itself = stop is None and child.has_ended(_END_S)
            finally:
                child.kill()
                child.close()
            end = self._zygote.reap()
        self._mark("finished")
        if stop is None:
            stop = (
                self._explain_end(end)
                if ended_itself
                else Stopped(Status.RUN_TIME_ERROR, "The program closed its channels.")
            )
        return Outcome(
            status=stop.status,
            results=tuple(self._results),
            error=self._error,
            detail=stop.detail,
            prints=self._prints,
            cpu_s=max(0.0, end.cpu_s - child.cpu_at_start_s),
            wall_s=self._phases["finished"] - self._phases["ready"],
            peak_memory_mib=max(0.0, end.peak_memory_mib - child.memory_at_start_mib),
            phases=self._phases,
        )

    def _mark(self, phase: str) -> None:
        self._phases[phase] = time.monotonic() - self._began

    def _admit(self, child: Child, conversation: Conversation) -> None:
        """Wait until the child is locked down and check that it is; only then set its limits."""
        conversation.begin(Limits(cpu_s=_READY_S, wall_s=_READY_S), self._began + _READY_S)
        try:
            conversation.wait(Kind.READY, 0)
        except (ChildEnded, Stopped) as error:
            words = conversation.take_prints() or str(error)
            raise SandboxError(f"A child could not be locked down: {words}") from error
        child.check(self._zygote.cgroup)
        child.limit(self._limits)
        if self._zygote.cgroup is not None:
            self._zygote.cgroup.limit_memory(self._limits.memory_mib)
            self._kills_before = self._zygote.cgroup.out_of_memory_kills()
        self._mark("ready")

    def _converse(self, conversation: Conversation, program: Program, calls: Sequence[Call]) -> Stopped | None:
        """Send the program and the calls; return why that came to an end, None if the child ended it."""
        conversation.begin(self._limits, time.monotonic() + self._limits.wall_s)
        try:
            self._load(conversation, program)
            self._mark("sent")
            for number, call in enumerate(calls, 1):
                self._call(conversation, number, call)
        except Stopped as stop:
            return stop
        except ChildEnded:
            return None
        except FrameError:
            return Stopped(Status.RUN_TIME_ERROR, BROKEN)
        finally:
            if len(self._results) < len(calls):
                self._prints += conversation.take_last_prints()
        return Stopped(Status.COMPLETED, "")

    def _load(self, conversation: Conversation, program: Program) -> None:
        content = {"source": program.source, "driver": program.driver}
        status, self._error = read_loaded(conversation.ask(_pack(Kind.PROGRAM, 0, content), Kind.LOADED, 0))
        if status == "syntax":
            raise Stopped(Status.SYNTAX_ERROR, "The source is not valid Python.")
        if status == "raised":
            raise Stopped(Status.RUN_TIME_ERROR, "The source raised an exception while it was imported.")
        if status == "memory":
            raise Stopped(Status.MEMORY_LIMIT_EXCEEDED, _MEMORY.format(self._limits.memory_mib))
        self._prints = conversation.take_prints()

    def _call(self, conversation: Conversation, number: int, call: Call) -> None:
        content = {"entry": call.entry, "inputs": dict(call.inputs), "return_inputs": call.return_inputs}
        answer = conversation.ask(_pack(Kind.CALL, number, content), Kind.RESULT, number)
        result, out_of_memory = read_result(answer, conversation.take_prints())
        self._results.append(result)
        if out_of_memory:
            raise Stopped(Status.MEMORY_LIMIT_EXCEEDED, _MEMORY.format(self._limits.memory_mib))

    def _explain_end(self, end: End) -> Stopped:
        """Return the verdict on a child that ended before its work was done, from what the kernel says about its end."""
        cgroup = self._zygote.cgroup
        if cgroup is not None and cgroup.out_of_memory_kills() > self._kills_before:
            return Stopped(Status.MEMORY_LIMIT_EXCEEDED, _MEMORY.format(self._limits.memory_mib))
        if end.signal == signal.SIGSYS:
            return Stopped(
                Status.FORBIDDEN_OPERATION,
                "The program asked the system for something it may not have: network, processes, threads or other programs.",
            )
        if end.signal == signal.SIGKILL:
            raise SandboxError("A child was killed by somebody else.")
        if end.signal:
            name = signal.Signals(end.signal).name
            return Stopped(Status.RUN_TIME_ERROR, f"The program crashed ({name}); endless recursion can do that.")
        return Stopped(
            Status.RUN_TIME_ERROR, f"The program ended itself (exit code {end.exit_code}) before it had answered."
        )


def _pack(kind: Kind, sequence: int, content: dict[str, object]) -> bytes:
    try:
        return pack(kind, sequence, content)
    except FrameError as error:
        raise SandboxError(f"What the grader wanted to send cannot be sent: {error}") from error


@contextlib.contextmanager
def _pipes() -> Iterator[tuple[list[int], list[int]]]:
    """Yield the child's ends (an empty stream, prints, commands, results) and ours (prints, commands, results)."""
    empty_read, empty_write = os.pipe()
    os.close(empty_write)
    prints_read, prints_write = os.pipe()
    commands_read, commands_write = os.pipe()
    results_read, results_write = os.pipe()
    theirs = [empty_read, prints_write, commands_read, results_write]
    ours = [prints_read, commands_write, results_read]
    try:
        yield theirs, ours
    finally:
        for descriptor in theirs + ours:
            os.close(descriptor)
