"""The worker process: its sandboxes, opened once and kept, and the thread that tells everybody else that it lives."""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from celery import current_app
from django.utils import timezone
from redis.exceptions import RedisError

from grader import heartbeats
from grader.sandbox import Sandbox, SandboxError, SandboxUnavailable
from grader.sandbox.canaries import BreachError, Patrol, breached
from grader.sandbox.layers import Layer, check_layers
from grader.sandbox.outcome import Kind

JAIL_RECHECK_S = 10
KINDS: tuple[Kind, ...] = ("numpy", "torch")

logger = logging.getLogger(__name__)


class GradingProcess:
    """One worker process: one sandbox per kind, opened once, and a thread that repeats the heartbeat."""

    def __init__(self) -> None:
        self._sandboxes: dict[Kind, Sandbox] = {}
        self._patrols: dict[Kind, Patrol] = {}
        self._trouble: SandboxUnavailable | None = None
        self._layers: list[Layer] = []
        self._stopping = threading.Event()

    def start(self) -> None:
        """Open the sandboxes and begin to beat. From the main thread only: a jail dies with the thread that made it."""
        for kind in KINDS:
            try:
                self.sandbox(kind)
            except SandboxUnavailable as error:
                logger.warning("The %s jail cannot be built: %s", kind, error)
                self.report_broken_jail(error)
            except SandboxError:
                logger.exception("The %s jail did not open; the first job tries again.", kind)
        threading.Thread(target=self._beat_forever, name="heartbeat", daemon=True).start()

    def sandbox(self, kind: Kind) -> Sandbox:
        """Return the open sandbox of that kind, which no attack got out of. Raises SandboxUnavailable, SandboxError."""
        if isinstance(self._trouble, BreachError):
            raise self._trouble
        sandbox = self._sandboxes.setdefault(kind, Sandbox(kind))
        sandbox.open()
        if kind not in self._patrols:
            if successes := breached(sandbox):
                raise BreachError(successes)
            self._patrols[kind] = Patrol(sandbox)
        return sandbox

    @contextmanager
    def lent(self, backend: str) -> Iterator[Sandbox]:
        """Lend the sandbox for a backend to a job, and let go of it if anything goes wrong on our side."""
        kind: Kind = "torch" if backend == "torch" else "numpy"
        try:
            yield self.sandbox(kind)
        except SandboxUnavailable as error:
            self.discard(kind)
            self.report_broken_jail(error)
            raise
        except BaseException:
            self.discard(kind)  # a time limit may have struck in the middle of an exchange with it
            raise

    def discard(self, kind: Kind) -> None:
        """Close a sandbox after an error of ours; the next job opens it again, later the more often that fails."""
        if kind in self._sandboxes:
            self._sandboxes[kind].close()

    def refill(self) -> None:
        """Have children made for the next job, now that the last one is done."""
        for sandbox in self._sandboxes.values():
            sandbox.refill()

    def report_broken_jail(self, error: SandboxUnavailable) -> None:
        """Let the heartbeat say why this process cannot grade, beginning now."""
        if not isinstance(self._trouble, BreachError):
            self._trouble = error
        self._beat()

    def stop(self) -> None:
        self._stopping.set()
        for kind in KINDS:
            self.discard(kind)
        try:
            heartbeats.end(heartbeats.own_name())
        except RedisError:
            logger.info("The broker is away; the heartbeat expires by itself.")

    def _beat(self) -> None:
        try:
            heartbeats.beat(self._state())
        except RedisError as error:
            logger.warning("No heartbeat: the broker does not answer (%s).", error)

    def _state(self) -> heartbeats.WorkerState:
        trouble = self._trouble
        reason, remedy = (trouble.reason, trouble.remedy) if trouble else ("", "")
        layers = [asdict(layer) for layer in self._layers]
        seen = timezone.now().isoformat(timespec="seconds")
        name, host, queues = heartbeats.own_name(), socket.gethostname(), sorted(current_app.amqp.queues.consume_from)
        sandboxes = [sandbox.snapshot() for sandbox in tuple(self._sandboxes.values())]
        return heartbeats.WorkerState(name, host, os.getpid(), reason, remedy, seen, queues, layers, sandboxes)

    def _beat_forever(self) -> None:
        checked = time.monotonic()
        self._beat()
        self._layers = check_layers()
        while not self._stopping.wait(heartbeats.HEARTBEAT_S):
            self._step_patrols()
            is_curable = self._trouble is not None and not isinstance(self._trouble, BreachError)
            if is_curable and time.monotonic() - checked > JAIL_RECHECK_S:
                checked = time.monotonic()
                self._recheck_jail()
            self._beat()

    def _step_patrols(self) -> None:
        """Try one attack in each sandbox that is idle; the first that succeeds ends all grading in this process."""
        for patrol in list(self._patrols.values()):
            try:
                patrol.step()
            except BreachError as error:
                logger.critical("This worker grades nothing more: %s", error)
                self.report_broken_jail(error)
            except SandboxError as error:
                logger.info("A canary could not be run: %s", error)

    def _recheck_jail(self) -> None:
        """Ask only whether the layers are there again: the next job opens the sandbox, in the main thread."""
        self._layers = check_layers()
        missing = [layer for layer in self._layers if not layer.holds]
        if missing:
            self._trouble = SandboxUnavailable(missing[0].reason, missing[0].remedy)
        else:
            self._trouble = None


_process = GradingProcess()


def current() -> GradingProcess:
    """Return this process's sandboxes; outside a worker (a test, a command) they open at first use."""
    return _process
