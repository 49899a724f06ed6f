"""`manage.py up`, from the first start to `kill -9`."""

import os
import signal
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from tests.system import convolution
from tests.system.client import Client
from tests.system.embedded import Embedded, embedded
from tests.system.processes import children, family, program, survivors, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("up") / "data"


def learner(stack):
    client = Client(stack.url)
    client.sign_in("learner", stack.passwords["learner"])
    return client


def test_first_start_verdicts_ctrl_c_and_second_start(data):
    with embedded(data) as stack:
        client = learner(stack)
        convolution.assert_both_verdicts_are_right(client)
        torch = client.submit(convolution.TASK, convolution.CORRECT_TORCH, backend="torch")
        assert client.wait_for(torch, "graded", 60)["verdict"] == "accepted"
        processes, passwords = family(stack.process.pid), stack.passwords
        assert stack.interrupt() == 0
        assert survivors(processes) == set()
        assert f"learner     {passwords['learner']}" in stack.output

    with embedded(data) as stack:
        assert stack.passwords == passwords
        assert learner(stack).state(torch)["verdict"] == "accepted"


def test_kill_9_of_the_launcher_leaves_no_process_behind(data):
    with embedded(data) as stack:
        client = learner(stack)
        client.wait_for(client.submit(convolution.TASK, convolution.slow(60)), "running", 60)
        processes = family(stack.process.pid)
        assert len(processes) > 7  # launcher, valkey, sweeper, web, worker, its pool, their jails
        stack.process.kill()
        stack.process.wait()
        # Left to itself, a pool process goes on until its job ends, which takes longer than this.
        wait_until(lambda: survivors(processes) == set(), 4)


def test_a_service_that_dies_is_started_again(data):
    with embedded(data) as stack:
        client = learner(stack)
        [valkey] = [pid for pid in children(stack.process.pid) if "valkey" in program(pid)]
        os.kill(valkey, signal.SIGKILL)
        wait_until(lambda: "The valkey ended (SIGKILL); starting it again in 1 s." in stack.output)
        convolution.assert_both_verdicts_are_right(client)


def up_fails(**environment):
    """Return what a launcher that cannot start says; it must end by itself, and not with a traceback."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "up"]
    ended = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


def test_a_taken_port_is_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = up_fails(PORT=str(port), BAREMATH_DATA=str(tmp_path))
    assert f"port {port}, is taken by another program" in said


def test_a_port_that_is_none_is_one_sentence(tmp_path):
    assert "PORT=web is not a port" in up_fails(PORT="web", BAREMATH_DATA=str(tmp_path))


def test_a_read_only_data_folder_is_one_sentence(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o555)
    assert f"The data folder {folder} cannot be written" in up_fails(PORT="0", BAREMATH_DATA=str(folder))


def test_a_second_launcher_on_the_same_data_is_one_sentence(data):
    first = Embedded(data)
    try:
        first.wait_until_ready()
        said, port = up_fails(PORT="0", BAREMATH_DATA=str(data)), first.url.rpartition(":")[2]
    finally:
        first.interrupt()
    assert f"already runs on the data folder {data} (process {first.process.pid}, port {port})" in said


def test_a_missing_jail_layer_is_named(tmp_path):
    said = up_fails(PORT="0", BAREMATH_DATA=str(tmp_path), PATH="/nonexistent")
    assert "Learner code cannot be jailed on this machine (bubblewrap): bubblewrap is not installed." in said


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path):
    said = up_fails(PORT="0", BAREMATH_DATA=str(tmp_path), DATABASE_URL="postgres://u:secret@127.0.0.1:1/none")
    assert "The database cannot be reached" in said
    assert "secret" not in said
