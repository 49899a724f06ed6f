"""A function in a process of its own, whose CPU time is counted, while this one looks on."""

import multiprocessing
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_SPAWN = multiprocessing.get_context("spawn")
_ENDS_WITHIN_S = 30.0
_PREFERRED = -10


class Generator:
    """`play(plan)` in another process; `result` waits for what it returns. Its process ends with this one."""

    def __init__(self, play: Callable[[Any], Any], plan: Any) -> None:
        self._receiver, sender = _SPAWN.Pipe(duplex=False)
        self._process = _SPAWN.Process(target=_tell, args=(sender, play, plan), daemon=True)
        self._process.start()
        sender.close()
        assert self._process.pid is not None
        self.pid = self._process.pid

    def is_at_work(self) -> bool:
        return self._process.is_alive() and not self._receiver.poll()

    def result(self) -> Any:
        """Return what `play` returned. Raises RuntimeError if it failed; its process has told why."""
        try:
            return self._receiver.recv()
        except EOFError:
            raise RuntimeError("The load generator failed: see what it printed.") from None
        finally:
            self._process.join(_ENDS_WITHIN_S)


def _tell(sender: Any, play: Callable[[Any], Any], plan: Any) -> None:
    """Play before everybody else: learners elsewhere do not wait for this machine's cores before they click."""
    with suppress(OSError):
        os.setsid()  # a group of its own for the scheduler, which may be preferred
        Path("/proc/self/autogroup").write_text(str(_PREFERRED))
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, _PREFERRED)
    with suppress(KeyboardInterrupt):
        sender.send(play(plan))
