"""The load itself: learners who hand in at their times and wait for their verdicts, and readers who read on.

Runs in a process of its own that knows nothing but HTTP. Learners do not wait for one another, and the time of a POST
counts from when it was meant to be sent, so that a server that stalls cannot hide it (no coordinated omission).
"""

import asyncio
import json
import random
import time
import urllib.parse
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from benchmarks.system.http import Connection, request

POLL_S = (0.5, 1.0, 2.0, 4.0)  # as in live.js
BROKEN = 0  # the status of a request that got no answer
_JSON, _HTML = {"Accept": "application/json"}, {"Accept": "text/html"}


@dataclass(frozen=True, slots=True)
class Visit:
    """One learner who hands in one source, `at` seconds after the start, and then follows it by events or by asking."""

    at: float
    person: dict[str, str]
    task: str
    backend: str
    text: str
    source: str
    by_events: bool


@dataclass(frozen=True, slots=True)
class Plan:
    host: str
    port: int
    start: float  # seconds since the epoch
    ends_s: float  # when readers stop
    gives_up_s: float  # when learners stop waiting for verdicts
    visits: list[Visit]
    readers: list[dict[str, str]]
    pages: dict[str, list[str]]  # addresses by kind
    shares: dict[str, int]  # of the kinds of pages
    think_s: float
    seed: int


@dataclass(slots=True)
class Outcome:
    """What was seen. `requests` are (kind, seconds, status, seconds after the start when it was meant to be sent)."""

    requests: list[tuple[str, float, int, float]] = field(default_factory=list)
    handed_in: dict[str, dict[str, Any]] = field(default_factory=dict)  # by id of the submission: who, when, and so on
    late_s: float = 0.0  # the most that the generator itself was late
    cpu_s: float = 0.0


def play(plan: Plan) -> Outcome:
    """Play the whole plan, and return what the learners and readers saw."""
    return asyncio.run(_Storm(plan).play())


class _Storm:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._outcome = Outcome()
        self._began = time.monotonic() + plan.start - time.time()

    async def play(self) -> Outcome:
        plan = self._plan
        readers = [asyncio.create_task(self._reader(number, who)) for number, who in enumerate(plan.readers)]
        learners = [asyncio.create_task(self._learner(visit)) for visit in plan.visits]
        everybody = asyncio.wait(
            [*readers, *learners], timeout=plan.gives_up_s - self._now(), return_when=asyncio.FIRST_EXCEPTION
        )
        finished, unfinished = await everybody
        for task in unfinished:
            task.cancel()
        for task in finished:
            task.result()  # raises what went wrong in the generator itself
        self._outcome.cpu_s = time.process_time()
        return self._outcome

    def _now(self) -> float:
        return time.monotonic() - self._began

    async def _until(self, at: float) -> None:
        await asyncio.sleep(at - self._now())

    async def _timed(self, kind: str, meant: float, asked: Awaitable[Any]) -> Any:
        """Return the answer, None if there was none; note how long it took since it was meant to be sent."""
        answer = None
        with suppress(OSError, EOFError, asyncio.LimitOverrunError):
            answer = await asked
        status = answer.status if answer else BROKEN
        self._outcome.requests.append((kind, self._now() - meant, status, meant))
        return answer

    async def _reader(self, number: int, person: dict[str, str]) -> None:
        plan = self._plan
        rng = random.Random(f"{plan.seed} {number}")  # noqa: S311 -- a seeded plan
        connection = Connection(plan.host, plan.port)
        headers = {"Cookie": person["cookie"], **_HTML}
        await self._until(rng.uniform(0, plan.think_s))
        while self._now() < plan.ends_s:
            kind = rng.choices(list(plan.shares), list(plan.shares.values()))[0]
            asked = connection.ask(request("GET", rng.choice(plan.pages[kind]), headers))
            await self._timed(kind, self._now(), asked)
            await asyncio.sleep(rng.expovariate(1 / plan.think_s))
        connection.close()

    async def _learner(self, visit: Visit) -> None:
        form = urllib.parse.urlencode({"source": visit.text, "backend": visit.backend}).encode()
        headers = {
            "Cookie": visit.person["cookie"],
            "X-CSRFToken": visit.person["csrf"],
            "Content-Type": "application/x-www-form-urlencoded",
            **_JSON,
        }
        sent = request("POST", f"/tasks/{visit.task}/submit/", headers, form)
        connection = Connection(self._plan.host, self._plan.port)
        await self._until(visit.at)
        self._outcome.late_s = max(self._outcome.late_s, self._now() - visit.at)
        answer = await self._timed("POST", visit.at, connection.ask(sent))
        if answer is not None and answer.status == 202:
            addresses = json.loads(answer.plain)
            note = {"who": visit.person["name"], "at": visit.at, "source": visit.source, "by_events": visit.by_events}
            self._outcome.handed_in[addresses["id"]] = note
            follow = self._by_events if visit.by_events else self._by_asking
            if await follow(connection, addresses, visit):
                note["seen"] = self._now()
                headers = {"Cookie": visit.person["cookie"], **_HTML}
                asked = connection.ask(request("GET", addresses["result"], headers))
                await self._timed("result", self._now(), asked)
        connection.close()

    async def _by_events(self, connection: Connection, addresses: dict[str, str], visit: Visit) -> bool:
        headers = {"Cookie": visit.person["cookie"], "Accept": "text/event-stream"}
        own = Connection(self._plan.host, self._plan.port)  # a browser opens another one beside that of its page
        try:
            async for part in own.stream(request("GET", addresses["events"], headers)):
                if b'"graded"' in part:
                    return True
        except (OSError, EOFError):
            pass
        finally:
            own.close()
        self._outcome.requests.append(("events, broken", 0.0, BROKEN, self._now()))
        return await self._by_asking(connection, addresses, visit)

    async def _by_asking(self, connection: Connection, addresses: dict[str, str], visit: Visit) -> bool:
        headers = {"Cookie": visit.person["cookie"], **_JSON}
        rounds = 0
        while True:
            meant = self._now()
            answer = await self._timed("state", meant, connection.ask(request("GET", addresses["state"], headers)))
            if answer is not None and answer.status == 200:
                headers["If-None-Match"] = answer.etag
                if b'"graded"' in answer.plain:
                    return True
            await asyncio.sleep(POLL_S[min(rounds, len(POLL_S) - 1)])
            rounds += 1
