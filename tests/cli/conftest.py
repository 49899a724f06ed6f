import os
import subprocess
import sys

import pytest
from django.conf import settings

from lms.cli.tokens import Tokens
from tests.cli.server import AT, NO_STREAM, TOKEN, Server, created

SOURCE = "# baremath: task=conv2d-forward backend=numpy\ndef conv2d_forward(x, w, b):\n    return x\n"


class Terminal:
    """Runs `baremath` as a process of its own, with a home and a working folder of its own."""

    def __init__(self, folder, url):
        self.home = folder / "home"
        self.folder = folder / "work"
        self.home.mkdir()
        self.folder.mkdir()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "PYTHONPATH": str(settings.BASE_DIR / "platform"),
            "BAREMATH_URL": url,
            "TERM": "xterm-256color",
        }
        self.tokens = self.home / ".config" / "baremath" / "tokens.json"

    def command(self, *arguments):
        return [sys.executable, "-W", "error", "-m", "lms.cli", *map(str, arguments)]

    def start(self, *arguments, stdin=subprocess.DEVNULL, **environment):
        return subprocess.Popen(
            self.command(*arguments),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=self.environment | environment,
        )

    def run(self, *arguments, typed="", **environment):
        """Return the ended process. Whatever happens, nobody sees a traceback."""
        with self.start(*arguments, stdin=subprocess.PIPE, **environment) as process:
            try:
                stdout, stderr = process.communicate(typed, timeout=60)
            finally:
                process.kill()  # of no effect on one that has ended
        assert "Traceback" not in stderr, stderr
        return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)

    def write(self, name="conv2d_forward.py", text=SOURCE):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path


@pytest.fixture
def server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def stranger(tmp_path, server):
    """A terminal at which nobody has signed in."""
    return Terminal(tmp_path, server.url)


@pytest.fixture
def terminal(stranger, server):
    Tokens(stranger.tokens).remember(server.url, token=TOKEN, username="ada")
    return stranger


@pytest.fixture
def file(terminal):
    return terminal.write()


@pytest.fixture
def queue(server):
    """A server that takes submissions and does not stream."""
    server.on("POST", "submissions/", created())
    server.on("GET", f"{AT}events/", NO_STREAM)
    return server


def result_of(ended):
    """Return (exit code, stdout, stderr)."""
    return ended.returncode, ended.stdout, ended.stderr
