"""One program's way through one child: send, wait, count, and stop at the first limit that is reached.

Nothing the child writes is believed: frames are parsed with caps, each answer must carry the number of the question
that is open, no byte may come before it was asked for, and time and output are counted on this side.
"""

import contextlib
import os
import select
import time
from typing import Any

from grader.sandbox.child import Child, waited_s
from grader.sandbox.guest.frames import HEADER, FrameError, Header, Kind, decode, unpack_header
from grader.sandbox.outcome import Limits, Status

_CHUNK = 2**16
_PATIENCE = 2  # times the wall limit, at most, for a machine that is too busy
_FRAME_OVERHEAD = 2**16  # of a result that is mostly a traceback
BROKEN = "The program wrote to the channel on which the grader expects results."


class Stopped(Exception):  # noqa: N818 - an end, not an error
    """The supervisor ends the run."""

    def __init__(self, status: Status, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class ChildEnded(Exception):  # noqa: N818 - an end, not an error
    """The child closed its results, which it does only by ending."""


class Conversation:
    def __init__(self, child: Child, prints: int, commands: int, results: int) -> None:
        self._child = child
        self._prints, self._commands, self._results = prints, commands, results
        self._limits = Limits()
        self._deadline = float("inf")
        self._waited_before = 0.0
        self._printed = bytearray()  # since the last `take_prints`
        self._printed_total = 0
        self._prints_ended = False
        self._output_total = 0
        self._received = bytearray()
        for descriptor in (prints, commands, results):
            os.set_blocking(descriptor, False)

    def begin(self, limits: Limits, deadline: float) -> None:
        """Count from now on: `deadline` is a `time.monotonic()`."""
        self._limits = limits
        self._deadline = deadline
        self._waited_before = self._waited_so_far()

    def postpone(self, seconds: float) -> None:
        """Move the deadline by what somebody else took, who is not the program."""
        self._deadline += seconds

    def ask(self, frame: bytes, answer: Kind, sequence: int) -> Any:
        """Send one frame and return the content of the frame that answers it."""
        self._read_results()
        if self._received:
            raise Stopped(Status.RUN_TIME_ERROR, BROKEN)
        return self.wait(answer, sequence, frame)

    def wait(self, kind: Kind, sequence: int, unsent: bytes = b"") -> Any:
        """Push out `unsent` while waiting for the frame (`kind`, `sequence`), and return its content."""
        pending = self._push(memoryview(unsent))
        header: Header | None = None
        while True:
            if header is None and len(self._received) >= HEADER.size:
                header = self._check_header(kind, sequence)
            if header is not None and len(self._received) >= HEADER.size + header.size:
                return self._take_frame()
            pending = self._turn(pending)

    def take_prints(self) -> str:
        """Return what was printed since the last time. Call it after `ask`: the child flushes before it answers."""
        self._read_prints()
        return self._take()

    def take_last_prints(self) -> str:
        """Return what was printed before the end, as far as the limit allows."""
        with contextlib.suppress(Stopped):
            self._read_prints()
        return self._take()

    def _take(self) -> str:
        text = self._printed.decode("utf-8", "backslashreplace")
        self._printed.clear()
        return text

    def _turn(self, pending: memoryview) -> memoryview:
        """Wait for one event, or for a limit to be reached."""
        poll = select.poll()
        poll.register(self._results, select.POLLIN)
        if not self._prints_ended:
            poll.register(self._prints, select.POLLIN)
        if pending:
            poll.register(self._commands, select.POLLOUT)
        ready = dict(poll.poll(max(1.0, 1000 * self._time_left())))
        if self._prints in ready:
            self._read_prints()
        if self._commands in ready:
            pending = self._push(pending)
        if self._results in ready and not self._read_results():
            raise ChildEnded
        return pending

    def _time_left(self) -> float:
        """Return the seconds until a time limit could be reached; raise `Stopped` when one is."""
        wall = self._deadline - time.monotonic()
        if wall <= 0:  # what a busy machine made it wait is not the program's time
            wall += min(self._waited_so_far() - self._waited_before, _PATIENCE * self._limits.wall_s)
        if wall <= 0:
            limit = self._limits.wall_s
            raise Stopped(Status.TIME_LIMIT_EXCEEDED, f"The program took more than {limit:g} seconds.")
        cpu = self._limits.cpu_s - self._child.cpu_s()
        if cpu <= 0:
            limit = self._limits.cpu_s
            raise Stopped(Status.TIME_LIMIT_EXCEEDED, f"The program computed for more than {limit:g} seconds.")
        return min(wall, cpu)

    def _waited_so_far(self) -> float:
        """Return for how long child and supervisor have waited for a processor."""
        return self._child.waited_s() + waited_s("/proc/thread-self/schedstat")

    def _push(self, pending: memoryview) -> memoryview:
        if not pending:
            return pending
        try:
            return pending[os.write(self._commands, pending) :]
        except BlockingIOError:
            return pending
        except BrokenPipeError:  # it reads no more; what it still has to say decides
            return memoryview(b"")

    def _read_results(self) -> bool:
        """Append what is there to the received bytes; False at the end of the stream."""
        data = _read(self._results)
        self._received += data or b""
        return data != b""

    def _read_prints(self) -> None:
        if self._prints_ended:
            return
        data: bytes | None
        while data := _read(self._prints):
            self._printed += data
            self._printed_total += len(data)
            if self._printed_total > self._limits.prints_kib * 1024:
                limit = self._limits.prints_kib
                del self._printed[limit * 1024 :]
                self._prints_ended = True
                raise Stopped(Status.OUTPUT_LIMIT_EXCEEDED, f"The program printed more than {limit} KiB.")
        self._prints_ended = data == b""

    def _check_header(self, kind: Kind, sequence: int) -> Header:
        limit = self._limits.output_mib * 2**20
        try:
            header = unpack_header(self._received, 2**64)
        except FrameError as error:
            raise Stopped(Status.RUN_TIME_ERROR, BROKEN) from error
        if (header.kind, header.sequence) != (kind, sequence):
            raise Stopped(Status.RUN_TIME_ERROR, BROKEN)
        if self._output_total + header.size > limit + _FRAME_OVERHEAD:
            raise Stopped(
                Status.OUTPUT_LIMIT_EXCEEDED, f"The returned values take more than {self._limits.output_mib} MiB."
            )
        self._output_total += header.size
        return header

    def _take_frame(self) -> Any:
        body = memoryview(self._received)[HEADER.size :]  # to the end: bytes after the frame are an error of `decode`
        self._received = bytearray()
        try:
            return decode(body)
        except FrameError as error:
            raise Stopped(Status.RUN_TIME_ERROR, BROKEN) from error


def _read(descriptor: int) -> bytes | None:
    """Return what is there, None if nothing is, and b"" at the end of the stream."""
    try:
        return os.read(descriptor, _CHUNK)
    except BlockingIOError:
        return None
