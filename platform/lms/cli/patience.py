"""How long something is waited for."""

import time

from lms.cli.errors import CommandError, UnavailableError
from lms.cli.terminal import Tell


class Patience:
    """Pauses that together last at most `seconds`; `tell` is told why there is one."""

    def __init__(self, seconds: float, tell: Tell = lambda _why: None) -> None:
        self._ends = time.monotonic() + seconds
        self._tell = tell

    @property
    def left_s(self) -> float:
        return max(0.0, self._ends - time.monotonic())

    def wait(self, pause_s: float, why: CommandError) -> None:
        """Sleep, or raise `why` at once where the pause lasts longer than there is patience."""
        if pause_s >= self.left_s:
            raise UnavailableError(str(why), why.fields)
        self._tell(f"{why} Trying again in {pause_s:.0f} s.")
        time.sleep(pause_s)
