"""Small attacks that must fail, run in the real jail: each shows by doing that one wall stands."""

from dataclasses import dataclass, replace

import numpy as np

from grader.sandbox.outcome import Call, Limits, Outcome, Program, Status
from grader.sandbox.supervisor import Sandbox

_LIMITS = Limits(cpu_s=5.0, wall_s=10.0, memory_mib=32, prints_kib=4, output_mib=1)  # enough for the slowest machine
_SHORT = replace(_LIMITS, cpu_s=0.2)


@dataclass(frozen=True, slots=True)
class Canary:
    """The body of a function and how it must end: a status, or the name of the exception it must raise."""

    wall: str
    body: str
    expected: Status | str
    limits: Limits = _LIMITS

    def met(self, outcome: Outcome) -> bool:
        if isinstance(self.expected, Status):
            return outcome.status is self.expected
        error = outcome.results[0].error if outcome.results else None
        return error is not None and error.type == self.expected


CANARIES = (
    Canary("files", "import os; return os.listdir('/')", "PermissionError"),
    Canary("the project", "import grader", "ModuleNotFoundError"),
    Canary("other processes", "return open('/proc/1/environ', 'rb').read()", "FileNotFoundError"),
    Canary("network", "import socket; socket.socket()", Status.FORBIDDEN_OPERATION),
    Canary("processes", "import os; os.fork()", Status.FORBIDDEN_OPERATION),
    Canary("programs", "import os; os.execv('/bin/sh', ['sh'])", Status.FORBIDDEN_OPERATION),
    Canary("memory", "keep = []\n    while True: keep.append(b'x' * 2**20)", Status.MEMORY_LIMIT_EXCEEDED),
    Canary("time", "while True: pass", Status.TIME_LIMIT_EXCEEDED, _SHORT),
    Canary("prints", "while True: print('x' * 1024)", Status.OUTPUT_LIMIT_EXCEEDED),
    Canary("results", "import os; os.write(4, b'x' * 64)", Status.RUN_TIME_ERROR),
)


def breached(sandbox: Sandbox) -> list[str]:
    """Run every canary and return the walls that did not hold; an innocent program must pass after each."""
    failures = []
    for canary in CANARIES:
        if not canary.met(sandbox.run(Program(f"def f(x):\n    {canary.body}\n"), [_CALL], canary.limits)):
            failures.append(canary.wall)
        innocent = sandbox.run(Program("def f(x):\n    return float(x.sum())\n"), [_CALL], _LIMITS)
        if [result.value for result in innocent.results] != [1.0]:
            failures.append(f"the program after the attack on {canary.wall}")
    return failures


_CALL = Call("f", {"x": np.arange(2.0)})
