"""One service as a process: started, watched, restarted with growing pauses, stopped."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from lms.launcher.lifetime import die_with_parent

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
STEADY_AFTER_S = 60.0  # a service that lived this long starts anew with the first pause
LOG_MAX_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class Service:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)  # on top of the launcher's own
    pass_fds: tuple[int, ...] = ()
    grace_s: float = 4.0  # from SIGTERM to SIGKILL


class Child:
    """The running process of a service; what it prints goes to `<log_folder>/<name>.log`."""

    def __init__(self, service: Service, log_folder: Path, working_folder: Path) -> None:
        self.service = service
        self.log = log_folder / f"{service.name}.log"
        self._working_folder = working_folder
        self._pause_s = FIRST_PAUSE_S
        self._restart_at: float | None = None
        self.start()

    def start(self) -> None:
        self._restart_at = None
        self._started = time.monotonic()
        parent = os.getpid()
        with self.log.open("ab") as log:  # append mode: what is written after a truncation lands at the new end
            self.process = subprocess.Popen(
                self.service.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._working_folder,
                env={**os.environ, **self.service.environment},
                pass_fds=self.service.pass_fds,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(parent=parent),  # noqa: PLW1509 -- the launcher has one thread
            )

    def tend(self) -> str | None:
        """Keep the process and its log in shape; return a sentence when something happened to the process."""
        self._trim_log()
        if self._restart_at is not None:
            if time.monotonic() >= self._restart_at:
                self.start()
            return None
        if self.process.poll() is None:
            return None
        self.kill()  # what the dead process left in its group
        lived_s = time.monotonic() - self._started
        pause_s = FIRST_PAUSE_S if lived_s > STEADY_AFTER_S else self._pause_s
        self._pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        self._restart_at = time.monotonic() + pause_s
        return f"The {self.service.name} ended ({self.ending}); starting it again in {pause_s:.0f} s. See {self.log}"

    @property
    def ending(self) -> str:
        code = self.process.returncode
        return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"

    def stop(self) -> None:
        if self._restart_at is None and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.service.grace_s)
        self.kill()
        self.process.wait()

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _trim_log(self) -> None:
        if self.log.stat().st_size > LOG_MAX_BYTES:
            shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)
