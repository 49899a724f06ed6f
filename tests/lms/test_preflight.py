"""What stops a start, each with its sentence."""

import os
import socket
import subprocess
import sys

import pytest

from lms.launcher import preflight
from lms.launcher.preflight import StartError


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch):
    monkeypatch.setattr(preflight, "PORT_PATIENCE_S", 0.0)


def test_a_missing_data_folder_is_made(tmp_path):
    preflight.data_folder_open(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "logs").is_dir()


def test_a_file_in_place_of_the_data_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"file cannot be written: File exists. Choose another with BAREMATH_DATA="):
        preflight.data_folder_open(tmp_path / "file")


def test_a_folder_without_write_permission_is_left_alone_even_by_root(tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(StartError, match="it is read-only"):
        preflight.data_folder_open(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["/proc/baremath", "/sys/baremath"])
def test_a_folder_that_the_kernel_refuses(folder, tmp_path):
    with pytest.raises(StartError, match=f"The data folder {folder} cannot be written"):
        preflight.data_folder_open(preflight.Path(folder))


def test_a_second_launcher_is_told_about_the_first(tmp_path):
    with preflight.launcher_lock(tmp_path) as lock:
        preflight.lock_describe(lock, port=8001)
        holder = f"process {os.getpid()}, port 8001"
        with pytest.raises(StartError, match=rf"already runs on the data folder {tmp_path} \({holder}\)"):
            preflight.launcher_lock(tmp_path)


def test_a_lock_ends_with_its_process(tmp_path):
    program = (
        "import os; from pathlib import Path; from lms.launcher.preflight import launcher_lock;"
        f"lock = launcher_lock(Path({str(tmp_path)!r})); os._exit(0)"
    )
    environment = {**os.environ, "PYTHONPATH": ".:platform", "DJANGO_SETTINGS_MODULE": "lms.settings"}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    preflight.launcher_lock(tmp_path).close()


def test_a_taken_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=f"port {port}, is taken by another program. Choose another port"):
            preflight.port_bind("127.0.0.1", port)


def test_an_address_of_another_machine():
    with pytest.raises(StartError, match=r"Listening on 192\.0\.2\.1, port 0, fails: Cannot assign requested address"):
        preflight.port_bind("192.0.2.1", 0)


def test_port_0_takes_a_free_one():
    with preflight.port_bind("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


def test_what_the_web_server_inherits_sends_answers_at_once():
    with preflight.port_bind("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1


def test_a_broker_that_does_not_answer(settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    with pytest.raises(StartError, match=r"The broker does not answer: .* Check REDIS_URL."):
        preflight.broker_check(patience_s=0)
