"""Other programs as parts of ours: fed, read, waited for, and never left behind."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, Any

from lms.backups.archive import BackupError


class Program:
    def __init__(self, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
        self._process = process
        self._said = said

    @property
    def stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def write(self, text: str) -> None:
        """Write to its standard input; whether it read that, its exit code says."""
        with suppress(BrokenPipeError):
            self.stdin.write(text.encode())
            self.stdin.flush()

    def feed(self, source: IO[bytes]) -> None:
        with suppress(BrokenPipeError):
            shutil.copyfileobj(source, self.stdin)

    def succeeds(self) -> bool:
        """End its input, and wait for it."""
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        return self._process.wait() == 0

    @property
    def words(self) -> str:
        self._said.seek(0)
        return " ".join(self._said.read().decode(errors="replace").split()) or "it ended without a word"


@contextmanager
def running(name: str, *arguments: str, environment: Mapping[str, str], **pipes: Any) -> Iterator[Program]:
    """Start one of PostgreSQL's programs, and end it if it still runs at the end."""
    path = shutil.which(name)
    if path is None:
        raise BackupError(f"{name} is not installed: it comes with the Debian package postgresql-client.")
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([path, *arguments], env=environment, stderr=said, **pipes)
        try:
            yield Program(process, said)
        finally:
            if process.poll() is None:
                process.kill()
            with suppress(BrokenPipeError):
                process.__exit__(None, None, None)  # closes its pipes, and waits
