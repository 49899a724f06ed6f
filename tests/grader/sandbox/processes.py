"""Looks at processes from outside, as an operator would."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path


def _stat(pid: int) -> list[str]:
    """Return the state of `pid` and the fields after it in /proc/<pid>/stat; state X if there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["X", "0"]


def state_of(pid: int) -> str:
    return _stat(pid)[0]


def alive(pid: int) -> bool:
    """Whether `pid` runs; a zombie does not."""
    return state_of(pid) not in "ZX"


def descendants(pid: int) -> list[int]:
    """Return the processes below `pid`, parents before children."""
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    everybody = [(number, int(_stat(number)[1])) for number in numbers]
    found = [pid]
    for ancestor in found:
        found += [child for child, parent in everybody if parent == ancestor]
    return found[1:]


def wait_until(condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def open_descriptors(pid: int | None = None) -> dict[str, str]:
    """Return what each descriptor of a process leads to, of this one by default."""
    folder = Path(f"/proc/{pid or os.getpid()}/fd")
    found = {}
    for path in list(folder.iterdir()):
        with contextlib.suppress(FileNotFoundError):  # the one that listed the folder
            found[path.name] = str(path.readlink())
    return found
