"""How long the server takes for each page, beside a large database and a small one. Writes pages.json and pages.md.

`make bench-pages` starts two systems, one after the other. This process shares their settings: it fills the database
and signs its learner in; the pages themselves come over HTTP, gzipped, one at a time, on a connection that stays.
"""

import argparse
import gzip
import http.client
import json
import os
import sys
import time
import urllib.parse
from pathlib import Path
from typing import Any

import django

from benchmarks import machine
from benchmarks.summary import Summary
from benchmarks.tables import milliseconds, table

WARM_UP = 2
_EXPLANATION = """\
Each page {n} times, in turn with the others, for a learner who has handed in {own} of the submissions. Large database:
{size[tasks]} tasks and {size[submissions]:,} submissions, SQLite, one process. Milliseconds from the request to the
last byte: median (95th percentile). First: the first time that the process made this page, its formulas among the rest.
Beside it the same pages of a new installation, {small[tasks]} tasks and {small[submissions]} submissions, in the same
run. kB: the page as it is sent.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default=os.environ.get("BAREMATH_URL", "http://localhost:8000"), help="of the system")
    parser.add_argument("-n", "--rounds", type=int, default=30)
    parser.add_argument("--submissions", type=int, required=True, help="how many to store before measuring")
    parser.add_argument("--beside", type=Path, help="what the run on the other system has written")
    parser.add_argument("--keep", type=Path, help="write the times here, and no report")


def measure(options: argparse.Namespace) -> None:
    """Measure; then keep the times, or print and write the report."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    django.setup()
    facts = machine.facts()
    result = {"machine": facts, **_measured(options)}
    if options.keep:
        options.keep.write_text(json.dumps(result))
        return
    result["small"] = json.loads(options.beside.read_text())
    text = report(result)
    sys.stdout.write(text)
    (options.folder / "pages.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.folder / "pages.md").write_text(text)


def report(result: dict[str, Any]) -> str:
    """Return the result as Markdown: a row for each page."""
    rows = []
    for name, page in result["pages"].items():
        small = result["small"]["pages"][name]["times"]
        rows.append([
            name,
            f"{milliseconds(page['times']['median'])} ({milliseconds(page['times']['p95'])})",
            milliseconds(page["first"]),
            milliseconds(small["median"]),
            f"{page['times']['median'] / small['median']:.2f}",
            f"{page['bytes'] / 1000:.1f}",
        ])  # fmt: skip
    facts, n = result["machine"], next(iter(result["pages"].values()))["times"]["n"]
    warning = machine.warning(facts)
    explanation = _EXPLANATION.format(n=n, own=result["own"], size=result["size"], small=result["small"]["size"])
    head = ["page", "large database", "first", "new installation", "ratio", "kB"]
    return "\n".join([
        "<!-- Written by `make bench-pages`. -->\n# What the server takes for a page, measured\n",
        machine.sentence(facts) + "\n",
        f"**{warning}**\n" if warning else "The machine was quiet.\n",
        explanation,
        table(head, rows),
    ])  # fmt: skip


def _measured(options: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.crowd import SUBMISSIONS_OF_ONE, hand_in
    from courses.models import Task
    from grader.models import Submission

    learner = hand_in(options.submissions)
    pages: dict[str, list[float]] = {name: [] for name in addresses(learner)}
    sizes = {}
    visitor = _Visitor(options.url, learner)
    for _ in range(1 + WARM_UP + options.rounds):
        for name, address in addresses(learner).items():
            seconds, sizes[name] = visitor.get(address)
            pages[name].append(seconds)
    return {
        "size": {"tasks": Task.objects.count(), "submissions": Submission.objects.count()},
        "own": min(options.submissions, SUBMISSIONS_OF_ONE),
        "pages": {
            name: {
                "first": round(1e3 * times[0], 3),
                "times": Summary.of(times[1 + WARM_UP :]).as_dict(),
                "bytes": sizes[name],
            }
            for name, times in pages.items()
        },
    }


def addresses(learner: Any) -> dict[str, str]:
    """Return the address of one page of each sort, as this learner sees them."""
    from grader.models import Submission

    latest = Submission.objects.filter(user=learner).select_related("task__lesson__course")[0]
    task = latest.task
    lesson, first = task.lesson, Submission.objects.filter(user=learner, task=task).last()
    assert lesson is not None
    assert first is not None
    return {
        "start page": "/",
        "map": "/map/",
        "course": f"/courses/{lesson.course.slug}/",
        "lesson": f"/courses/{lesson.course.slug}/{lesson.slug}/",
        "task": f"/tasks/{task.slug}/",
        "solution": f"/tasks/{task.slug}/solution/?show=yes",
        "submission": f"/submissions/{latest.pk}/",
        "comparison": f"/submissions/{first.pk}/compare/{latest.pk}/",
        "submissions to a task": f"/tasks/{task.slug}/submissions/",
        "all submissions": "/submissions/",
        "progress": "/progress/",
        "search": "/search/?q=gradient+of+the+loss",
        "profile": "/accounts/profile/",
    }


class _Visitor:
    """A learner who is signed in, on one connection."""

    def __init__(self, url: str, learner: Any) -> None:
        from django.test import Client

        address = urllib.parse.urlsplit(url)
        self._connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
        client = Client()
        client.force_login(learner)
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        self._headers = {"Cookie": cookie, "Accept": "text/html", "Accept-Encoding": "gzip"}

    def get(self, address: str) -> tuple[float, int]:
        """Return the seconds that the page took, and its size as sent."""
        began = time.perf_counter()
        self._connection.request("GET", address, headers=self._headers)
        response = self._connection.getresponse()
        body = response.read()
        seconds = time.perf_counter() - began
        if response.status != 200 or b"</html>" not in gzip.decompress(body):
            raise RuntimeError(f"{address} answered {response.status}.")
        return seconds, len(body)
