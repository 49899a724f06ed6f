"""The services of docker-compose.yml on this machine, and what is asked of them from outside."""

import importlib
import json
import os
import signal
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.system import usage
from benchmarks.system.groups import Groups

ROOT = Path(__file__).resolve().parents[2]
# One machine plays all learners: what would be too much from one of them, or from one address, is not refused.
RATES = dict.fromkeys(("SUBMIT_RATE", "ADDRESS_RATE", "READ_RATE"), "1000000/min")
WITHIN_S = 540


class Stack:
    """The running services. `roots` holds the first process of each, by its name."""

    def __init__(self, composed: Any, groups: Groups | None = None) -> None:
        self._composed = composed
        self._groups = groups
        address = urllib.parse.urlsplit(composed.url)
        self.host, self.port = str(address.hostname), int(address.port or 80)
        self.roots = {name: child.process.pid for name, child in composed.children.items()}
        self.environment: dict[str, str] = composed.environment_of("web")
        self.database: str = composed.database_url
        self._join_groups()

    def inside(self, what: str, *numbers: int) -> Any:
        """Have `benchmarks.system.inside` do something, and return what it says."""
        command = [sys.executable, "-m", "benchmarks.system.inside", what, *map(str, numbers)]
        ended = subprocess.run(command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        return json.loads(ended.stdout)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._composed.query(sql)
        return rows

    def pause_worker(self) -> None:
        self._composed.children["worker"].stop()

    def resume_worker(self) -> None:
        worker = self._composed.children["worker"]
        worker.start()
        self.roots["worker"] = worker.process.pid
        self._composed.wait_until_ready()
        self._join_groups()

    def _join_groups(self) -> None:
        if self._groups is not None:
            self._groups.join(self.roots, self._composed.services)

    def spent(self, generator: int) -> dict[str, float]:
        """Return the CPU seconds so far of each service, of the load generator and of the whole machine."""
        seconds = usage.cpu_seconds({**self.roots, "generator": generator})
        return {**seconds, "machine": usage.busy_seconds()}


@contextmanager
def running(processes: int, within_s: int = WITHIN_S, **environment: str) -> Iterator[Stack]:
    """Start everything, with so many worker processes, and end it: after `within_s` seconds whatever happens."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    start = importlib.import_module("tests.system.composed").composed
    signal.signal(signal.SIGALRM, _give_up)
    signal.signal(signal.SIGTERM, _give_up)
    signal.alarm(within_s)
    groups = Groups()
    try:
        with start(is_durable=True, WORKER_PROCESSES=str(processes), **RATES, **environment) as composed:
            yield Stack(composed, groups)
    finally:
        signal.alarm(0)
        groups.leave()


def _give_up(*_signal: Any) -> None:
    raise SystemExit("The measurement was ended, or took too long; all that it had started has ended with it.")


def difference(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Return what each service spent between two calls of `Stack.spent`."""
    return {name: round(after[name] - before[name], 3) for name in after}
