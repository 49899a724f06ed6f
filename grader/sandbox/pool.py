"""The parked children of one zygote: forked, locked down and checked from outside before anybody waits for them."""

import contextlib
from collections import deque

from grader.sandbox.metrics import Metrics
from grader.sandbox.outcome import Limits, SandboxError
from grader.sandbox.seat import Seat
from grader.sandbox.zygote import ZygoteProcess

PARKED = 3  # one for a program, one for its replay, one for what comes next; each holds 3 to 4 MiB of its own


class Pool:
    """Seats in the order in which their children were asked for. `take` one, then `fill` up again."""

    def __init__(self, zygote: ZygoteProcess, size: int, metrics: Metrics) -> None:
        self.zygote = zygote
        self.size = size
        self._metrics = metrics
        self._seats: deque[Seat] = deque()

    def fill(self) -> None:
        """Ask for as many children as are missing; does not wait for them."""
        self._fill_to(self.size)

    def _fill_to(self, count: int) -> None:
        with contextlib.suppress(SandboxError, OSError):  # the next run meets the same trouble and reports it
            while len(self._seats) < count:
                self._seats.append(Seat(self.zygote))

    def tend(self) -> None:
        """Check the children that have become ready; those that cannot be used are replaced by the next `fill`."""
        for seat in tuple(self._seats):
            try:
                seat.admit(wait=False)
            except (SandboxError, OSError):
                self._seats.remove(seat)
                seat.close()

    def take(self, limits: Limits) -> Seat:
        """Return a seat whose child is checked and limited: the first that was parked and still lives, else a new one.

        Raises `SandboxError` if the new one cannot be used either.
        """
        seat = self._first(limits)
        self._fill_to(min(self.size, 1))  # so that it is there for the next program, if that comes at once
        return seat

    def _first(self, limits: Limits) -> Seat:
        while self._seats:
            with contextlib.suppress(SandboxError):
                return self._taken(self._seats.popleft(), limits)
        return self._taken(Seat(self.zygote), limits)

    def _taken(self, seat: Seat, limits: Limits) -> Seat:
        try:
            seat.take(limits)
            self._metrics.refill_s.append(seat.refill_s)
        except BaseException:
            seat.close()
            raise
        return seat

    @property
    def parked(self) -> int:
        """How many children are ready to be taken."""
        return sum(seat.is_admitted for seat in self._seats)

    def close(self) -> None:
        """End the parked children and their zygote."""
        while self._seats:
            self._seats.popleft().close()
        self.zygote.close()

    def abandon(self) -> None:
        """Close our descriptors and leave the children and their zygote alone."""
        while self._seats:
            self._seats.popleft().abandon()
        self.zygote.abandon()
