"""`manage.py up` as an operator starts it, with a data folder and a free port of its own."""

import re
import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from lms.launcher.child import Child, Service
from tests.system.processes import wait_until


class Embedded:
    """A running launcher. `url` and `passwords` are there once it is ready."""

    def __init__(self, data, **environment):
        self.data = data
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "up"]
        environment = {"BAREMATH_DATA": str(data), "PORT": "0", **environment}
        logs = Path(tempfile.mkdtemp(dir=data.parent))
        self._child = Child(Service("up", command, environment), logs, settings.BASE_DIR)
        self.process = self._child.process

    @property
    def output(self):
        return self._child.log.read_text()

    def wait_until_ready(self, within_s=120.0):
        found = wait_until(
            lambda: re.search(r"Baremath runs at (\S+)", self.output) or self.process.poll() is not None, within_s
        )
        assert found is not True, f"it ended with {self.process.returncode}:\n{self.output}"
        self.url = found[1]
        self.passwords = dict(line.split() for line in (self.data / "demo-accounts.txt").read_text().splitlines())
        return self

    def interrupt(self):
        """Press Ctrl+C; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@contextmanager
def embedded(data, **environment):
    """Start `manage.py up` on the folder `data`, and stop it at the end.

    This is what browser tests want too: `with embedded(tmp_path / "data") as stack:` gives `stack.url` and
    `stack.passwords["learner"]`.
    """
    stack = Embedded(data, **environment)
    try:
        yield stack.wait_until_ready()
    finally:
        if stack.process.poll() is None:
            stack.interrupt()
