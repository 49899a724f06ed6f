"""Two programs in two jails at the same time: neither tells the other anything, neither starves the other."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from grader.sandbox import Call, Limits, Outcome, Program, Sandbox, Status

pytestmark = pytest.mark.jail

ROOMY = Limits(cpu_s=5.0, wall_s=20.0, memory_mib=64)
CHANNELS = """
import ctypes, fcntl, os, time
import numpy as np
libc = ctypes.CDLL(None, use_errno=True)
# Two-sided: taken by one program and seen by the other, if only they could be used at all.
def ways():
    fd = os.open(np.__file__, os.O_RDONLY)
    yield "flock", lambda: fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    yield "record lock", lambda: fcntl.lockf(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    yield "open file lock", lambda: fcntl.fcntl(fd, 37, bytes(32))
    yield "lease", lambda: fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    yield "read ahead", lambda: os.posix_fadvise(fd, 0, 0, 4)
    yield "access time", lambda: os.utime(np.__file__)
    yield "shared memory", lambda: os.open("/dev/shm/hostile", os.O_CREAT | os.O_RDWR)
    yield "host name", lambda: os.open("/proc/sys/kernel/hostname", os.O_WRONLY)
    yield "keyring", lambda: 1 / (libc.keyctl is None)
    yield "fifo", lambda: os.mkfifo("/tmp/hostile")
    yield "scratch file", lambda: os.open("/tmp/hostile", os.O_RDONLY)
    yield "priority", lambda: os.nice(1)
def works(way):
    try: way()
    except (OSError, AttributeError, ZeroDivisionError): return False
    return True
def f(wait):
    found = [name for name, way in ways() if works(way)]
    os.close(os.open("/tmp/hostile", os.O_CREAT | os.O_RDWR))
    time.sleep(wait)
    return found
"""
GROWS = "import numpy as np\nkeep = []\ndef f(wait):\n    while True: keep.append(np.ones(2**17))\n"


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[list[Sandbox]]:
    with Sandbox("numpy", parked=1) as first, Sandbox("numpy", parked=1) as second, Sandbox("numpy", parked=1) as third:
        yield [first, second, third]


def at_once(sandboxes: list[Sandbox], source: str, limits: Limits) -> list[Outcome]:
    """Run the same program in each sandbox at the same time."""
    outcomes: list[Outcome] = []

    def run(sandbox: Sandbox) -> None:
        outcomes.append(sandbox.run(Program(source), [Call("f", {"wait": 0.2})], limits))

    threads = [threading.Thread(target=run, args=[sandbox]) for sandbox in sandboxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_no_channel_leads_from_one_program_to_another(sandboxes: list[Sandbox]) -> None:
    for outcome in at_once(sandboxes, CHANNELS, ROOMY):
        assert outcome.status is Status.COMPLETED, outcome
        assert (outcome.results[0].value, outcome.results[0].error) == ([], None)


def test_memory_that_grows_in_all_jails_at_once_is_bounded_in_each(sandboxes: list[Sandbox]) -> None:
    outcomes = at_once(sandboxes, GROWS, ROOMY)
    assert [outcome.status for outcome in outcomes] == [Status.MEMORY_LIMIT_EXCEEDED] * 3
    for sandbox in sandboxes:
        (result,) = sandbox.run(Program("def f(x): return x + 1"), [Call("f", {"x": np.zeros(1)})]).results
        assert np.array_equal(result.value, [1.0])


def test_an_endless_program_beside_it_does_not_change_an_honest_one(sandboxes: list[Sandbox]) -> None:
    endless = threading.Thread(
        target=sandboxes[0].run,
        args=[Program("def f():\n    while True: pass\n"), [Call("f", {})], Limits(cpu_s=1.0, wall_s=20.0)],
    )
    endless.start()
    outcome = sandboxes[1].run(Program("def f(): return sum(range(10**5))"), [Call("f", {})], ROOMY)
    endless.join()
    assert outcome.results[0].value == sum(range(10**5))
