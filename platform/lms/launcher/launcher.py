"""Start everything, keep it running, stop it in order."""

import http.client
import io
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections

from grader import health
from lms.launcher import preflight, services
from lms.launcher.child import Child, Service
from lms.launcher.demo_accounts import demo_accounts_ensure
from lms.launcher.preflight import StartError

READY_WITHIN_S = 90.0
TEND_EVERY_S = 0.25
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Launcher:
    def __init__(self, *, host: str, port: int, say: Callable[[str], None]) -> None:
        self.host = host
        self.port = port
        self.say = say
        self.children: list[Child] = []

    def run(self, command: str = "") -> int:
        """Run until a signal says stop, or until the shell command `command` has ended; return the exit code."""
        with stop_signals_raise():
            try:
                self._start()
                if command:
                    return self._run_command(command)
                while True:
                    time.sleep(TEND_EVERY_S)
                    self._tend()
            except KeyboardInterrupt:
                self.say("Stopping ...")
                return 0
            finally:
                for number in STOP_SIGNALS:  # stopping takes seconds; a second Ctrl+C would leave it half done
                    signal.signal(number, signal.SIG_IGN)
                self._stop()

    def _start(self) -> None:
        data = settings.DATA_DIR
        preflight.data_folder_open(data)
        self._lock = preflight.launcher_lock(data)
        preflight.jail_check()
        self._listener = preflight.port_bind(self.host, self.port)
        self.port = self._listener.getsockname()[1]
        preflight.lock_describe(self._lock, port=self.port)
        if settings.REDIS_IS_EMBEDDED:
            preflight.socket_folder_open()
            self._add(services.valkey())
        preflight.broker_check(patience_s=10)
        preflight.database_check()
        accounts = self._prepare_database()
        self.say("Starting the worker and the web server ...")
        self._add(services.worker())
        self._add(services.sweeper())
        collect_static_files()  # while the worker imports torch
        self._add(services.web(self._listener.fileno()))
        self._wait_until_ready()
        self._greet(accounts)

    def _add(self, service: Service) -> None:
        self.children.append(Child(service, settings.DATA_DIR / "logs", settings.BASE_DIR))

    def _prepare_database(self) -> dict[str, str]:
        self.say("Preparing the database and reading the catalogue ...")
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("read_catalogue", stdout=io.StringIO())
        except DatabaseError as error:
            raise StartError(f"The database refused: {' '.join(str(error).split())}") from error
        accounts = demo_accounts_ensure(settings.DATA_DIR)
        connections.close_all()  # the launcher itself has no more use for it
        return accounts

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while (reason := self._unready()) is not None:
            if time.monotonic() > deadline:
                raise StartError(f"Not ready within {READY_WITHIN_S:.0f} s: {reason}\nSee {settings.DATA_DIR / 'logs'}")
            time.sleep(TEND_EVERY_S)
            self._tend()

    def _unready(self) -> str | None:
        """Why /readyz is not content yet, or None."""
        local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 -- compared, not bound
        connection = http.client.HTTPConnection(local, self.port, timeout=5)
        try:
            connection.request("GET", "/readyz", headers={"Host": self._own_name})
            response = connection.getresponse()
            return None if response.status == 200 else _what_fails()
        except (OSError, http.client.HTTPException) as error:
            return f"the web server does not answer: {error}"
        finally:
            connection.close()

    @property
    def _own_name(self) -> str:
        """A name that ALLOWED_HOSTS admits; "*" and ".example.org" admit this one too."""
        names = settings.ALLOWED_HOSTS
        return "localhost" if {"localhost", "*"} & set(names) else names[0].lstrip(".")

    @property
    def address(self) -> str:
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else self.host  # noqa: S104 -- compared
        return f"http://{host}:{self.port}"

    def _greet(self, accounts: dict[str, str]) -> None:
        self.say(f"\nBaremath runs at {self.address}\n")
        for username, password in accounts.items():
            self.say(f"  {username:<12}{password}")
        self.say(
            f"\nThe instructor's panel is {self.address}/admin/. Data and logs: {settings.DATA_DIR}. Ctrl+C stops."
        )

    def _tend(self) -> None:
        for child in self.children:
            if event := child.tend():
                self.say(event)

    def _run_command(self, command: str) -> int:
        environment = {**os.environ, "BAREMATH_URL": self.address}
        return subprocess.run(["sh", "-c", command], check=False, env=environment).returncode

    def _stop(self) -> None:
        for child in reversed(self.children):
            child.stop()


def _what_fails() -> str:
    """Return what /readyz tells staff alone."""
    try:
        return " ".join(part.reason for part in health.readiness().values() if not part.ok)
    finally:
        connections.close_all()


def collect_static_files() -> None:
    """Put the files of the style sheets, scripts and fonts where the web server looks: named by content, compressed."""
    unused = ["rest_framework", "redoc"]  # no page of ours asks for them
    try:
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=unused)
    except OSError as error:
        raise StartError(f"The static files cannot be written to {settings.STATIC_ROOT}: {error.strerror}.") from error


@contextmanager
def stop_signals_raise() -> Iterator[None]:
    """Turn the signals that mean "stop" into KeyboardInterrupt."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    for number in STOP_SIGNALS:
        if number != signal.SIGHUP or before[number] is not signal.SIG_IGN:  # nohup
            signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
