"""What the operator would see meanwhile: how many submissions wait, and the memory of each service."""

import time
from collections.abc import Mapping
from typing import Any

import psycopg

from benchmarks.system import usage

QUEUE_EVERY_S, MEMORY_EVERY_S = 1.0, 5.0
WAITING = "SELECT count(*) FROM grader_submission WHERE status <> 'graded'"


class Watch:
    """Looks when it is told to, once a second: at the queue each time, at the memory, which is dear, now and then."""

    def __init__(self, database: str, roots: Mapping[str, int], start: float) -> None:
        self._database = psycopg.connect(database, autocommit=True)
        self._roots = roots
        self._start = start
        self._memory_at = 0.0
        self.queue: list[tuple[float, int]] = []
        self.memory: dict[str, float] = {}

    def look(self) -> None:
        now = time.time()
        self.queue.append((round(now - self._start, 1), self.waiting()))
        if now >= self._memory_at:
            self._memory_at = now + MEMORY_EVERY_S
            for name, size in usage.memory_mib(self._roots).items():
                self.memory[name] = max(size, self.memory.get(name, 0.0))

    def waiting(self) -> int:
        row: tuple[Any, ...] | None = self._database.execute(WAITING).fetchone()
        assert row is not None
        return int(row[0])

    def close(self) -> None:
        self._database.close()
