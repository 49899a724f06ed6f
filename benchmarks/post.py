"""How long a POST takes while submissions wait in the queue, beside none. Writes post.json and post.md.

`make bench-post` starts a system of its own for this, with its worker, so that grading takes its share of the same
cores. This process shares the system's settings: it counts the queue in the database.
"""

import argparse
import http.client
import json
import os
import sys
import time
import urllib.parse
from collections.abc import Iterator
from typing import Any

import django

from benchmarks import machine
from benchmarks.summary import Summary
from benchmarks.tables import milliseconds, table

WARM_UP = 20
COUNT_EVERY = 10  # POSTs between two looks at the queue: the look itself takes a core for a moment
PATIENCE_S = 120
_EXPLANATION = """\
The task {task}, right and wrong answers in turn, over one connection. Empty: each POST is sent when all before it are
graded. {queued} waiting: the queue is filled first and kept between {queued} and {most} by the POSTs that are measured,
while the worker grades on the same cores; a POST counts if at least {queued} waited at the looks before and after it.
Milliseconds from the request to the last byte of the 202.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default=os.environ.get("BAREMATH_URL", "http://localhost:8000"), help="of the system")
    parser.add_argument("--token", required=True, help="printed by: manage.py create_token USERNAME")
    parser.add_argument("--task", default="mean-squared-error")
    parser.add_argument("-n", "--rounds", type=int, default=400, help="POSTs of each sort")
    parser.add_argument("--queued", type=int, default=100, help="submissions that wait at least")


def measure(options: argparse.Namespace) -> None:
    """Measure, print the table, and write the two files into `options.folder`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    django.setup()
    facts = machine.facts()
    client = _Client(options.url, options.token, options.task)
    for _ in range(WARM_UP):
        client.post()
    half = options.rounds // 2
    empty = list(_beside_nothing(client, half))
    waiting, longest = _beside_a_queue(client, options.rounds, options.queued)
    _wait_until_empty()
    client.connect_anew()
    empty += _beside_nothing(client, options.rounds - half)
    result = {
        "machine": facts,
        "task": options.task,
        "queued": options.queued,
        "longest": longest,
        "posts": {"empty": Summary.of(empty).as_dict(), "waiting": Summary.of(waiting).as_dict()},
    }
    text = report(result)
    sys.stdout.write(text)
    (options.folder / "post.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.folder / "post.md").write_text(text)


def report(result: dict[str, Any]) -> str:
    """Return the result as Markdown: a row for each length of the queue."""
    facts, posts = result["machine"], result["posts"]
    names = {"empty": "empty", "waiting": f"{result['queued']} to {result['longest']} waiting"}
    rows = [
        [names[name], str(times["n"]), milliseconds(times["median"]), milliseconds(times["p95"])]
        for name, times in posts.items()
    ]
    ratio = posts["waiting"]["p95"] / posts["empty"]["p95"]
    warning = machine.warning(facts)
    explanation = _EXPLANATION.format(task=result["task"], queued=result["queued"], most=result["queued"] * 3 // 2)
    return "\n".join([
        "<!-- Written by `make bench-post`. -->\n# What a POST takes while others wait, measured\n",
        machine.sentence(facts) + "\n",
        f"**{warning}**\n" if warning else "The machine was quiet.\n",
        explanation,
        table(["queue", "POSTs", "median", "p95"], rows),
        f"\nThe 95th percentile is {ratio:.1f} times that of an empty queue.\n",
    ])  # fmt: skip


def _beside_nothing(client: "_Client", count: int) -> Iterator[float]:
    for _ in range(count):
        _wait_until_empty()
        yield client.post()


def _beside_a_queue(client: "_Client", count: int, queued: int) -> tuple[list[float], int]:
    """Return the seconds of POSTs that met at least `queued` submissions, and the longest queue that was seen."""
    times: list[float] = []
    before = longest = 0
    most = queued * 3 // 2
    while len(times) < count:
        sent = [client.post() for _ in range(COUNT_EVERY)]
        after = _waiting()
        if min(before, after) >= queued:
            times += sent
        longest = max(longest, after)
        while after > most:
            time.sleep(0.01)
            after = _waiting()
        before = after
    return times[:count], longest


def _waiting() -> int:
    from grader.models import Submission

    return Submission.objects.filter(status=Submission.Status.QUEUED).count()


def _wait_until_empty() -> None:
    from grader.models import Submission

    until = time.monotonic() + PATIENCE_S
    while Submission.objects.exclude(status=Submission.Status.GRADED).exists():
        if time.monotonic() > until:
            raise SystemExit(f"The queue did not empty within {PATIENCE_S} s. What does /readyz say?")
        time.sleep(0.005)


class _Client:
    """One connection, over which right and wrong answers are handed in, in turn."""

    def __init__(self, url: str, token: str, slug: str) -> None:
        from courses.models import Task

        task = Task.objects.get(slug=slug).load()
        right = next(variant for variant in task.accepted_variants if variant.backend == "numpy")
        wrong = next(variant for variant in task.wrong_variants if variant.backend == "numpy")
        self._bodies = [
            json.dumps({"task": slug, "backend": "numpy", "source": variant.path.read_text()})
            for variant in (right, wrong)
        ]
        self._headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        self._connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=30)

    def connect_anew(self) -> None:
        """Replace a connection that the server may have closed, as it does with idle ones."""
        self._connection.close()
        self.post()

    def post(self) -> float:
        """Hand in one answer; return the seconds until the answer was read."""
        self._bodies.reverse()
        began = time.perf_counter()
        self._connection.request("POST", "/api/v1/submissions/", self._bodies[0], self._headers)
        response = self._connection.getresponse()
        text = response.read()
        seconds = time.perf_counter() - began
        if response.status != 202:
            raise SystemExit(f"POST: {response.status} {text.decode()}")
        return seconds
