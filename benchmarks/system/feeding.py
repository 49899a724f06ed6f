"""A queue that is kept full: so many submissions in the system, each handed in over HTTP as soon as one is graded.

Runs in a process of its own. How many were graded it reads from the database, past the product: following every verdict
over HTTP would be a second load.
"""

import asyncio
import json
import time
from dataclasses import dataclass

import psycopg

from benchmarks.system.http import Connection, request

LOOK_EVERY_S = 0.025
CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Feed:
    host: str
    port: int
    database: str
    tokens: list[str]  # of the learners who hand in, in turn
    bodies: list[dict[str, str]]  # what they hand in, in turn
    waiting: int  # how many are kept in the system
    ends: float  # seconds since the epoch


@dataclass(slots=True)
class Fed:
    posted: int = 0
    refused: int = 0


def play(feed: Feed) -> Fed:
    """Keep the system full until the end."""
    return asyncio.run(_Feeder(feed).play())


class _Feeder:
    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._fed = Fed()
        self._wanted = asyncio.Semaphore(0)
        self._asked = self._graded = 0
        self._sent = [
            request(
                "POST",
                "/api/v1/submissions/",
                {"Authorization": f"Token {token}", "Content-Type": "application/json"},
                json.dumps(feed.bodies[number % len(feed.bodies)]).encode(),
            )
            for number, token in enumerate(feed.tokens * len(feed.bodies))
        ]

    async def play(self) -> Fed:
        hands = [asyncio.create_task(self._hand()) for _ in range(CONNECTIONS)]
        with psycopg.connect(self._feed.database, autocommit=True) as database:
            self._last = self._newest(database, 0)[0]
            already = database.execute("SELECT count(*) FROM grader_submission WHERE status <> 'graded'").fetchone()
            self._asked = already[0] if already else 0
            while time.time() < self._feed.ends:
                self._last, more = self._newest(database, self._last)
                self._graded += more
                for _ in range(self._feed.waiting - (self._asked - self._graded)):
                    self._asked += 1
                    self._wanted.release()
                await asyncio.sleep(LOOK_EVERY_S)
        for hand in hands:
            hand.cancel()
        return self._fed

    @staticmethod
    def _newest(database: psycopg.Connection[tuple[int, int]], last: int) -> tuple[int, int]:
        """Return the newest grading run and how many came since `last`; one that was late with its commit may miss."""
        sql = "SELECT coalesce(max(id), %(last)s), count(*) FROM grader_gradingrun WHERE id > %(last)s"
        row = database.execute(sql, {"last": last}).fetchone()
        return row or (last, 0)

    async def _hand(self) -> None:
        connection = Connection(self._feed.host, self._feed.port)
        while True:
            await self._wanted.acquire()
            number = self._fed.posted + self._fed.refused
            answer = await connection.ask(self._sent[number % len(self._sent)])
            if answer.status == 202:
                self._fed.posted += 1
            else:
                self._fed.refused += 1
                self._asked -= 1
