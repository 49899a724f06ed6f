"""CPU shares as containers have them: a control group per service, with `cpu_shares` of docker-compose.yml.

Without them the scheduler makes a group of each session, and so one of each jail: learners' code would get a share of
its own beside the worker's, which in a container it has not.
"""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.system import usage

_CONTROLLER = Path("/sys/fs/cgroup/cpu")  # cgroup v1; elsewhere the measurement goes on without
_SHARES = "cpu.shares"
DEFAULT_SHARES = 1024
_EMPTY_WITHIN_S = 10.0


class Groups:
    """The groups of all services; none where they cannot be made."""

    def __init__(self) -> None:
        self._parent = _CONTROLLER / f"baremath-{os.getpid()}"

    @property
    def are_possible(self) -> bool:
        return os.access(_CONTROLLER / _SHARES, os.W_OK)

    def join(self, roots: Mapping[str, int], services: Mapping[str, Any]) -> None:
        """Put each service with all its processes into its group, which gets its share of the cores."""
        if not self.are_possible:
            return
        for name in roots:
            (self._parent / name).mkdir(parents=True, exist_ok=True)
            (self._parent / name / _SHARES).write_text(str(services[name].get("cpu_shares", DEFAULT_SHARES)))
        (self._parent / _SHARES).write_text(str(DEFAULT_SHARES * len(roots)))
        for pid, name in usage.services_of(roots).items():
            _move(pid, self._parent / name)

    def leave(self) -> None:
        """Take the groups away, once all that was in them has ended."""
        ends = time.monotonic() + _EMPTY_WITHIN_S
        for group in (*self._parent.glob("*/"), self._parent) if self._parent.is_dir() else ():
            while (group / "cgroup.procs").read_text() and time.monotonic() < ends:
                time.sleep(0.05)
            group.rmdir()


def _move(pid: int, group: Path) -> None:
    with suppress(OSError):  # it has ended
        (group / "cgroup.procs").write_text(str(pid))
