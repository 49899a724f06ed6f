"""Small attacks that must fail, run in the real jail: each shows by doing that one wall stands.

All of them run when a worker starts, and one at a time for as long as it lives, while its sandbox is idle. A worker
in whose jail one of them succeeds grades nothing more.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.sandbox.outcome import Call, Limits, Outcome, Program, SandboxError, SandboxUnavailable, Status
from grader.sandbox.supervisor import Sandbox

_BRIEF = Limits(cpu_s=2.0, wall_s=5.0, memory_mib=64, prints_kib=4, output_mib=1)
# A learner may be waiting: the same clocks and caps, reached sooner.
_INSTANT = Limits(cpu_s=0.002, wall_s=5.0, memory_mib=64, prints_kib=4, output_mib=1)
_SMALL = Limits(cpu_s=2.0, wall_s=5.0, memory_mib=64, prints_kib=4, output_mib=0)
_IN_USE_S = 60.0  # between two attacks while there is work to do
_MMAP = (
    "import ctypes; m = ctypes.CDLL(None).mmap; m.restype = ctypes.c_ssize_t\n    assert m(None, 4096, {}, -1, 0) != -1"
)
_FLOCK = "import ctypes, numpy; assert ctypes.CDLL(None).flock(os.open(numpy.__file__, 0), 1) == 0"
_DESCRIPTORS = (
    "for fd in range(5, 64):\n        try: return os.fstat(fd)\n        except OSError: pass\n    raise OSError"
)
FORBIDDEN = Status.FORBIDDEN_OPERATION


@dataclass(frozen=True, slots=True)
class Canary:
    """The body of a function and how it must end: a status, or the name of the exception it must raise."""

    wall: str
    layer: str  # the first one it meets
    body: str
    expected: Status | str
    limits: Limits = _BRIEF

    @property
    def program(self) -> Program:
        return Program(f"import os\ndef f(x):\n    {self.body}\n")

    def succeeded(self, outcome: Outcome) -> bool:
        """Whether the attack got anywhere. One that the clocks ended on a slow machine did not."""
        if outcome.status is Status.TIME_LIMIT_EXCEEDED:
            return False
        if isinstance(self.expected, Status):
            return outcome.status is not self.expected
        error = outcome.results[0].error if outcome.results else None
        return error is None or error.type != self.expected


CANARIES = (
    Canary("project", "bubblewrap", "import grader", "ModuleNotFoundError"),
    Canary("files of the machine", "bubblewrap", "open('/etc/passwd')", "FileNotFoundError"),
    Canary("other processes", "bubblewrap", "open('/proc/1/environ', 'rb')", "FileNotFoundError"),
    Canary("folders", "landlock", "os.listdir('/')", "PermissionError"),
    Canary("guest code", "landlock", "open('/jail/code/guest/child.py')", "PermissionError"),
    Canary("devices", "landlock", "open('/dev/zero', 'rb')", "PermissionError"),
    Canary("network", "system call filter", "import socket; socket.socket()", FORBIDDEN),
    Canary("processes", "system call filter", "os.fork()", FORBIDDEN),
    Canary("threads", "system call filter", "import _thread; _thread.start_new_thread(print, ())", FORBIDDEN),
    Canary("programs", "system call filter", "os.execv('/bin/sh', ['sh'])", FORBIDDEN),
    Canary("users", "system call filter", "os.setuid(0)", FORBIDDEN),
    Canary("namespaces", "system call filter", "import ctypes; ctypes.CDLL(None).unshare(0x10000000)", FORBIDDEN),
    Canary("tracing", "system call filter", "import ctypes; ctypes.CDLL(None).ptrace(0, 0, 0, 0)", FORBIDDEN),
    Canary("signals", "system call filter", "os.kill(-1, 9)", "PermissionError"),
    Canary("machine code", "system call filter", _MMAP.format("7, 0x22"), "AssertionError"),
    Canary("shared memory", "system call filter", _MMAP.format("3, 0x21"), "AssertionError"),
    Canary("locks", "system call filter", _FLOCK, "AssertionError"),
    Canary("descriptors", "lock-down", _DESCRIPTORS, "OSError"),
    Canary("number of files", "lock-down", "for i in range(300): os.mkdir(f'/tmp/{i}')", "OSError"),
    Canary("open files", "resource limits", "for _ in range(40): os.open('/tmp', 0)", "OSError"),
    Canary("memory", "memory limit", "return len(b'x' * 2**27)", Status.MEMORY_LIMIT_EXCEEDED),
    Canary("time", "supervisor", "while True: pass", Status.TIME_LIMIT_EXCEEDED, _INSTANT),
    Canary("prints", "supervisor", "print('x' * 2**16)", Status.OUTPUT_LIMIT_EXCEEDED),
    Canary("size of results", "supervisor", "return 'x' * 2**17", Status.OUTPUT_LIMIT_EXCEEDED, _SMALL),
    Canary("form of results", "supervisor", "os.write(4, b'x' * 64)", Status.RUN_TIME_ERROR),
)  # fmt: skip
_CALL = Call("f", {"x": np.arange(2.0)})
_INNOCENT = Program("def f(x):\n    return float(x.sum())\n")


class BreachError(SandboxUnavailable):
    """Attacks succeeded that must fail: whatever this worker grades from now on could be forged."""

    def __init__(self, canaries: list[Canary]) -> None:
        walls = ", ".join(f"{canary.wall} ({canary.layer})" for canary in canaries)
        super().__init__(
            f"These walls of the jail did not hold: {walls}.",
            "Grading stays off until the worker is restarted; `python manage.py sandbox_check` says more.",
        )


def breached(sandbox: Sandbox) -> list[Canary]:
    """Run every canary and return those that succeeded. Raises `SandboxError` if an innocent program fails."""
    found = []
    for canary in CANARIES:
        if _succeeds(canary, sandbox, sandbox.run):
            found.append(canary)
        innocent = sandbox.run(_INNOCENT, [_CALL])
        if [result.value for result in innocent.results] != [1.0]:
            raise SandboxError(f"A program failed that ran after the attack on {canary.wall}.")
    return found


def _succeeds(
    canary: Canary, sandbox: Sandbox, run: Callable[[Program, list[Call], Limits], Outcome | None]
) -> bool | None:
    """Run one canary and count it; None if `run` had something else to do."""
    began = time.monotonic()
    try:
        outcome = run(canary.program, [_CALL], canary.limits)
    except SandboxError:
        sandbox.metrics.canaries.failed += 1
        raise
    if outcome is None:
        return None
    succeeded = canary.succeeded(outcome)
    sandbox.metrics.canaries.count(canary.wall, time.monotonic() - began, succeeded=succeeded)
    return succeeded


class Patrol:
    """Goes round the canaries in one sandbox, one at each step."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._round = deque(CANARIES)
        self._last = time.monotonic()
        self._programs = self._programs_so_far()

    def step(self) -> None:
        """Try the next canary if nobody has used the sandbox since the last step, and once a minute if somebody has.

        Whoever comes while it runs waits for its end. Raises `BreachError` if the attack succeeds.
        """
        programs, self._programs = self._programs, self._programs_so_far()
        if programs != self._programs and time.monotonic() - self._last < _IN_USE_S:
            return
        canary = self._round[0]
        succeeded: bool | None = False
        try:
            succeeded = _succeeds(canary, self._sandbox, self._sandbox.run_if_idle)
        finally:
            self._programs = self._programs_so_far()
            if succeeded is not None:
                self._round.rotate(-1)
                self._last = time.monotonic()
        if succeeded:
            raise BreachError([canary])

    def _programs_so_far(self) -> int:
        return self._sandbox.metrics.errors + self._sandbox.metrics.ends.total()
