"""When a jail that cannot be opened, or whose zygotes keep dying, is tried again."""

import time

from grader.sandbox.outcome import SandboxUnavailable

_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 60.0


class Backoff:
    """Counts failures in a row. The first one costs nothing; each later one doubles the time until the next try."""

    def __init__(self) -> None:
        self.failures = 0
        self._last = SandboxUnavailable("")
        self._next_try = 0.0

    def failed(self, error: Exception) -> None:
        self.failures += 1
        known = error if isinstance(error, SandboxUnavailable) else SandboxUnavailable(str(error))
        self._last = known
        if self.failures > 1:
            self._next_try = time.monotonic() + min(_FIRST_WAIT_S * 2 ** (self.failures - 2), _LONGEST_WAIT_S)

    def succeeded(self) -> None:
        self.failures = 0
        self._next_try = 0.0

    @property
    def wait_s(self) -> float:
        """How long until the next try."""
        return max(0.0, self._next_try - time.monotonic())

    def check(self) -> None:
        """Raise `SandboxUnavailable` with the last reason while it is too early to try again."""
        wait = self.wait_s
        if wait > 0:
            reason = f"{self._last.reason} (It failed {self.failures} times in a row; the next try is in {wait:.1f} s.)"
            raise SandboxUnavailable(reason, self._last.remedy)
