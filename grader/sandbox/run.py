"""One program in one child, from the first byte of its source to the outcome."""

import contextlib
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from grader.sandbox.child import End
from grader.sandbox.conversation import BROKEN, ChildEnded, Conversation, Stopped
from grader.sandbox.guest.child import OUT_OF_MEMORY
from grader.sandbox.guest.frames import FrameError, Kind, pack
from grader.sandbox.outcome import Call, CallResult, LearnerError, Limits, Outcome, Program, SandboxError, Status
from grader.sandbox.results import read_loaded, read_result
from grader.sandbox.seat import Seat

OnResult = Callable[[int, CallResult], None]

_END_S = 1.0
_MEMORY = "The program needed more memory than the {} MiB it may take."
_FORBIDDEN = (
    "The program asked the system for something it may not have: network, processes, threads or other programs."
)


class CallerError(Exception):
    """Whoever makes the calls raised `error` between two of them: it says nothing about program, child or jail."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class Run:
    """One program on a taken seat. Use once."""

    def __init__(self, seat: Seat, limits: Limits, began: float) -> None:
        self._seat = seat
        self._limits = limits
        self._began = began  # a `time.monotonic()`
        self._phases: dict[str, float] = {}
        self._results: list[CallResult] = []
        self._prints = ""
        self._error: LearnerError | None = None

    def go(self, program: Program, calls: Iterable[Call], on_result: OnResult | None = None) -> Outcome:
        """Run the program, end its child, and return the outcome. Raises `CallerError`: see `Sandbox.run`."""
        self._mark("ready")
        kills_before = self._seat.out_of_memory_kills
        stop = self._converse(program, calls, on_result)
        used = self._seat.child.used()
        if stop is None:
            ended_itself = self._seat.child.has_ended(_END_S)
            end = self._seat.leave()
            used = end.used
            out_of_memory = self._seat.out_of_memory_kills > kills_before or end.exit_code == OUT_OF_MEMORY
            stop = self._explain_end(end, ended_itself=ended_itself, out_of_memory=out_of_memory)
        else:
            self._seat.dismiss()
        self._mark("finished")
        return Outcome(
            status=stop.status,
            results=tuple(self._results),
            error=self._error,
            detail=stop.detail,
            prints=self._prints,
            cpu_s=max(0.0, used.cpu_s - self._seat.child.at_start.cpu_s),
            wall_s=self._phases["finished"] - self._phases["ready"],
            peak_memory_mib=max(0.0, used.memory_mib - self._seat.child.at_start.memory_mib),
            phases=self._phases,
        )

    def _mark(self, phase: str) -> None:
        self._phases[phase] = time.monotonic() - self._began

    def _converse(self, program: Program, calls: Iterable[Call], on_result: OnResult | None) -> Stopped | None:
        """Send the program and the calls; return why that came to an end, None if the child ended it."""
        conversation = self._seat.conversation
        conversation.begin(self._limits, time.monotonic() + self._limits.wall_s)
        end: Stopped | None = None
        try:
            self._load(conversation, program)
            self._mark("sent")
            for position, call in enumerate(self._asked(calls)):
                self._call(conversation, position + 1, call)
                if on_result is not None:
                    with self._callers_turn():
                        on_result(position, self._results[position])
            self._mark("answered")
            return Stopped(Status.COMPLETED, "")
        except Stopped as stop:
            end = stop
        except FrameError:
            end = Stopped(Status.RUN_TIME_ERROR, BROKEN)
        except ChildEnded:
            pass
        self._prints += conversation.take_last_prints()
        return end

    def _asked(self, calls: Iterable[Call]) -> Iterator[Call]:
        """Yield the calls; what is no sequence may make up the next one from what it was told of the last."""
        if isinstance(calls, Sequence):
            yield from calls
            return
        upcoming = iter(calls)
        while True:
            with self._callers_turn():
                call = next(upcoming, None)
            if call is None:
                return
            yield call

    @contextlib.contextmanager
    def _callers_turn(self) -> Iterator[None]:
        """Let the caller's code run: neither its time nor its exceptions are the program's."""
        began = time.monotonic()
        try:
            yield
        except Exception as error:
            raise CallerError(error) from error
        self._seat.conversation.postpone(time.monotonic() - began)

    def _load(self, conversation: Conversation, program: Program) -> None:
        content = {"source": program.source, "driver": program.driver, "arrays": program.arrays}
        frame = _pack(Kind.PROGRAM, 0, content)
        status, self._error = read_loaded(conversation.ask(frame, Kind.LOADED, 0))
        if status == "syntax":
            raise Stopped(Status.SYNTAX_ERROR, "The source is not valid Python.")
        if status == "raised":
            raise Stopped(Status.RUN_TIME_ERROR, "The source raised an exception while it was imported.")
        if status == "memory":
            raise Stopped(Status.MEMORY_LIMIT_EXCEEDED, _MEMORY.format(self._limits.memory_mib))
        self._prints = conversation.take_prints()

    def _call(self, conversation: Conversation, number: int, call: Call) -> None:
        content = {"entry": call.entry, "inputs": dict(call.inputs), "return_inputs": call.return_inputs}
        frame = _pack(Kind.CALL, number, content)
        before = self._seat.child.cpu_s()
        answer = conversation.ask(frame, Kind.RESULT, number)
        cpu_s = max(0.0, self._seat.child.cpu_s() - before)  # below 0 where the child has ended since
        result, out_of_memory = read_result(answer, conversation.take_prints(), cpu_s)
        self._results.append(result)
        if out_of_memory:
            raise Stopped(Status.MEMORY_LIMIT_EXCEEDED, _MEMORY.format(self._limits.memory_mib))

    def _explain_end(self, end: End, *, ended_itself: bool, out_of_memory: bool) -> Stopped:
        """Return the verdict on a child that left before its work was done, from what the kernel says about its end."""
        if out_of_memory:
            return Stopped(Status.MEMORY_LIMIT_EXCEEDED, _MEMORY.format(self._limits.memory_mib))
        if not ended_itself:
            return Stopped(Status.RUN_TIME_ERROR, "The program closed its channels.")
        if end.signal == signal.SIGSYS:
            return Stopped(Status.FORBIDDEN_OPERATION, _FORBIDDEN)
        if end.signal == signal.SIGKILL:
            raise SandboxError("A child was killed by somebody else.")
        if end.signal:
            name = signal.Signals(end.signal).name
            return Stopped(Status.RUN_TIME_ERROR, f"The program crashed ({name}); endless recursion can do that.")
        detail = f"The program ended itself (exit code {end.exit_code}) before it had answered."
        return Stopped(Status.RUN_TIME_ERROR, detail)


def _pack(kind: Kind, sequence: int, content: Mapping[str, object]) -> bytes:
    try:
        return pack(kind, sequence, content)
    except FrameError as error:
        raise SandboxError(f"What the grader wanted to send cannot be sent: {error}") from error
