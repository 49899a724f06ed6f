"""Services as processes: restarted when they end, stopped in time, and gone with their parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lms.launcher import child
from lms.launcher.child import Child, Service

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def wait_until(condition, within_s=10.0):
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@pytest.fixture
def start(tmp_path):
    started = []

    def start(command, **options):
        started.append(Child(Service("service", command, **options), tmp_path, tmp_path))
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.process.wait()


def test_output_goes_to_the_log(start, tmp_path):
    start([sys.executable, "-c", "import sys; print('out', flush=True); print('err', file=sys.stderr)"]).process.wait()
    assert (tmp_path / "service.log").read_text() == "out\nerr\n"


def test_an_ended_service_is_started_again_after_growing_pauses(start, monkeypatch):
    monkeypatch.setattr(child, "FIRST_PAUSE_S", 0.02)
    service = start(["false"])
    service._pause_s = 0.02
    sentences = []
    wait_until(lambda: len([sentences.append(s) for s in [service.tend()] if s] or sentences) >= 3)
    assert all("The service ended (exit code 1); starting it again" in sentence for sentence in sentences)
    assert service._pause_s == pytest.approx(0.02 * 2**3)


def test_a_killed_service_is_named_by_its_signal(start):
    service = start(SLEEP)
    service.process.kill()
    service.process.wait()
    assert "(SIGKILL)" in service.tend()


def test_stop_ends_a_service_and_its_children_that_ignore_the_signal(start):
    program = (
        "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork();"
        "print(os.getpid(), flush=True); time.sleep(60)"
    )
    service = start([sys.executable, "-c", program], grace_s=0.2)
    wait_until(lambda: len(service.log.read_text().split()) == 2)
    pids = [int(pid) for pid in service.log.read_text().split()]
    service.stop()
    wait_until(lambda: not any(map(is_running, pids)))
    assert service.process.returncode == -signal.SIGKILL


def test_a_long_log_is_cut_while_the_service_writes_on(start, monkeypatch, tmp_path):
    monkeypatch.setattr(child, "LOG_MAX_BYTES", 1000)
    program = (
        "import signal; signal.signal(signal.SIGUSR1, lambda *_: print('after', flush=True));"
        "print('x' * 2000, flush=True)\nwhile True: signal.pause()"
    )
    service = start([sys.executable, "-c", program])
    wait_until(lambda: service.log.stat().st_size > 1000)
    service.tend()
    assert (tmp_path / "service.log.1").read_text() == "x" * 2000 + "\n"
    service.process.send_signal(signal.SIGUSR1)
    wait_until(lambda: service.log.read_text() == "after\n")


def test_a_child_is_killed_with_its_parent(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from lms.launcher.child import Child, Service\n"
        f"child = Child(Service('service', {SLEEP!r}), Path({str(tmp_path)!r}), Path('/'))\n"
        "print(child.process.pid, flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": ".:platform"}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        pid = int(parent.stdout.readline())
        assert is_running(pid)
        parent.kill()
    wait_until(lambda: not is_running(pid))
