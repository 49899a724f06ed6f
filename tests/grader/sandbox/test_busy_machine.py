"""On a machine with too much to do, the wall clock counts what a program does, not what it waits for."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from grader.sandbox import Call, Limits, Outcome, Program, Sandbox, Status
from tests.grader.sandbox.conftest import only_result

pytestmark = pytest.mark.jail

RIVALS = 3
COMPUTES = "import time\ndef f():\n    while time.process_time() < 0.2: pass\n    return 42\n"
SLEEPS = "import time\ndef f(): time.sleep(60)\n"


@pytest.fixture
def busy() -> Iterator[Sandbox]:
    """A sandbox on one processor that it shares with others that never rest."""
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    rivals = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(RIVALS)]
    try:
        with Sandbox("numpy") as sandbox:
            yield sandbox
    finally:
        for rival in rivals:
            rival.kill()
            rival.wait()
        os.sched_setaffinity(0, processors)


def run(sandbox: Sandbox, source: str) -> Outcome:
    return sandbox.run(Program(source), [Call("f", {})], Limits(cpu_s=2.0, wall_s=0.3))


def test_waiting_for_a_processor_is_not_charged(busy):
    outcome = run(busy, COMPUTES)
    assert only_result(outcome).value == 42
    assert outcome.wall_s > 0.3


def test_sleeping_is(busy):
    assert run(busy, SLEEPS).status is Status.TIME_LIMIT_EXCEEDED
