"""From POST to the stored verdict on a running system, and where the time goes. Writes verdict.json and verdict.md.

`make bench-verdict` starts two systems for this, one after the other: that of `manage.py up`, and the services of
docker-compose.yml. This process shares the system's settings: it hears from the broker when a verdict is stored, and
reads the times of each phase from the database.
"""

import argparse
import http.client
import json
import os
import queue
import sys
import threading
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from benchmarks import machine
from benchmarks.summary import Summary
from benchmarks.tables import milliseconds, table

WARM_UP = 10  # rounds before the clock counts: each worker process meets each kind of submission
PATIENCE_S = 60
TOTAL, ANSWERED = "POST sent to verdict stored", "POST sent to 202 received (the worker is at it already)"
PHASES = {
    "created": "POST: request, sign-in, checks, to the row",
    "claimed": "row stored, message sent, claimed by a worker",
    "started": "claim stored, task read",
    "cases_drawn": "judge: cases drawn",
    "jail_ready": "jail: a child taken and limited",
    "jail_sent": "jail: source sent and imported",
    "answered": "jail: all calls answered",
    "reference_computed": "judge: reference outputs",
    "compared": "judge: outputs compared",
    "replayed": "jail: some calls once more, in a second child",
    "described": "judge: feedback",
    "explained": "jail: wrong variants, to name the mistake",
    "finished": "verdict made into JSON",
    "stored": "verdict stored and told",
}
_EXPLANATION = """\
The task {task}, {n} submissions of each sort in turn, one at a time and {pause} ms after the last verdict, through
HTTP, the broker, a worker and the database: SQLite and Valkey as `manage.py up` embeds them; PostgreSQL (fsync on) and
Redis, gunicorn and nginx as docker-compose.yml has them. One run after the other. The children of the jail are forked
in the pause; `--pause 0` has them forked during the next POST. Milliseconds, median (95th percentile); medians of
phases do not add up exactly.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A submission that is sent over and over, and whether it must be accepted."""

    name: str
    backend: str
    source: str
    is_right: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default=os.environ.get("BAREMATH_URL", "http://localhost:8000"), help="of the system")
    parser.add_argument("--token", default=os.environ.get("BAREMATH_TOKEN"), help="of manage.py create_token USERNAME")
    parser.add_argument("--stack", default="SQLite", help="what the columns of this system are called")
    parser.add_argument("--beside", type=Path, help="what the run on another system has written")
    parser.add_argument("--keep", type=Path, help="write the times here, and no report")
    parser.add_argument("--task", default="mean-squared-error")
    parser.add_argument("-n", "--rounds", type=int, default=50, help="submissions of each sort, in turn")
    parser.add_argument("--pause", type=float, default=0.05, help="seconds between a verdict and the next submission")


def measure(options: argparse.Namespace) -> None:
    """Measure; then keep the times, or print the tables and write the two files into `options.folder`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    django.setup()
    facts = machine.facts()
    cases = _cases(options.task)
    system = _System(options.url, options.token, options.task)
    times: dict[str, list[dict[str, float]]] = {case.name: [] for case in cases}
    for number in range(WARM_UP + options.rounds):
        for case in cases:
            time.sleep(options.pause)
            one = system.verdict_on(case)
            if number >= WARM_UP:
                times[case.name].append(one)
    submissions = {f"{options.stack}: {name}": _summaries(times[name]) for name in times}
    result = {"machine": facts, "task": options.task, "pause_ms": 1e3 * options.pause, "submissions": submissions}
    if options.keep:
        options.keep.write_text(json.dumps(result))
        return
    if options.beside:
        first = json.loads(options.beside.read_text())
        result |= {"machine": first["machine"], "submissions": first["submissions"] | submissions}
    text = report(result)
    sys.stdout.write(text)
    (options.folder / "verdict.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.folder / "verdict.md").write_text(text)


def report(result: dict[str, Any]) -> str:
    """Return the result as Markdown: a column for each sort of submission, a row for each phase."""
    facts, submissions = result["machine"], result["submissions"]
    rows = [
        [label, *(_cell(phases.get(name)) for phases in submissions.values())]
        for name, label in {**PHASES, "total": f"**{TOTAL}**", "post": ANSWERED}.items()
    ]
    n = next(iter(submissions.values()))["total"]["n"]
    parts = [
        "<!-- Written by `make bench-verdict`. -->\n# From POST to the stored verdict, measured\n",
        machine.sentence(facts) + "\n",
        f"**{machine.warning(facts)}**\n" if machine.warning(facts) else "The machine was quiet.\n",
        _EXPLANATION.format(task=result["task"], n=n, pause=round(result["pause_ms"])),
        table(["phase", *submissions], rows),
    ]
    return "\n".join(parts)


def _cell(summary: dict[str, float] | None) -> str:
    return f"{milliseconds(summary['median'])} ({milliseconds(summary['p95'])})" if summary else ""


def _summaries(times: Sequence[dict[str, float]]) -> dict[str, dict[str, float]]:
    return {name: Summary.of([one[name] for one in times]).as_dict() for name in times[0]}


def _cases(slug: str) -> list[Case]:
    from courses.models import Task

    task = Task.objects.get(slug=slug).load()
    cases = []
    for backend in task.backends:
        right = next(variant for variant in task.accepted_variants if variant.backend == backend)
        wrong = next((variant for variant in task.wrong_variants if variant.backend == backend), None)
        cases.append(Case(f"{backend}, accepted", backend, _source(right.path), is_right=True))
        source = _source(wrong.path) if wrong else f"def {task.entry}(*inputs):\n    return 0.0\n"
        cases.append(Case(f"{backend}, rejected", backend, source, is_right=False))
    return cases


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class _System:
    """The running system: one HTTP connection to it, and the notes of its broker."""

    def __init__(self, url: str, token: str, task: str) -> None:
        self._connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=30)
        self._headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        self._task = task
        self._notes: queue.Queue[tuple[str, float]] = queue.Queue()
        listening = threading.Event()
        threading.Thread(target=self._listen, args=(listening,), daemon=True).start()
        listening.wait(PATIENCE_S)

    def _listen(self, listening: threading.Event) -> None:
        """Note the time of each note in a thread of its own: a verdict may be there before the POST is answered."""
        from grader import broker

        with broker.client().pubsub() as notes:  # type: ignore[no-untyped-call]  # redis leaves it untyped
            notes.psubscribe("grader:events:submission:*")
            while True:
                message = notes.get_message(timeout=PATIENCE_S)
                if message and message["type"] == "psubscribe":
                    listening.set()
                elif message:
                    self._notes.put((message["channel"].rpartition(":")[2], time.time()))

    def verdict_on(self, case: Case) -> dict[str, float]:
        """Submit, wait for the verdict, and return the seconds of each phase."""
        began = time.time()
        body = {"task": self._task, "source": case.source, "backend": case.backend}
        created = self._post("/api/v1/submissions/", body)
        answered = time.time() - began
        for _ in ("running", "graded"):
            stored = self._next_note(created["id"])
        return {**_phases(created["id"], began, stored, case), "total": stored - began, "post": answered}

    def _next_note(self, submission_id: str) -> float:
        while True:
            try:
                channel, at = self._notes.get(timeout=PATIENCE_S)
            except queue.Empty:
                raise SystemExit(f"No verdict within {PATIENCE_S} s. What does /readyz say?") from None
            if channel == submission_id:
                return at

    def _post(self, path: str, body: dict[str, str]) -> dict[str, str]:
        self._connection.request("POST", path, json.dumps(body), self._headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        if response.status != 202:
            raise SystemExit(f"POST {path}: {response.status} {text}")
        answer: dict[str, str] = json.loads(text)
        return answer


def _phases(submission_id: str, began: float, stored: float, case: Case) -> dict[str, float]:
    """Return the seconds that each phase took, from the times that the system itself noted."""
    from grader.models import GradingRun

    run = GradingRun.objects.select_related("submission").get(submission_id=submission_id)
    if (run.verdict == "accepted") != case.is_right:
        raise SystemExit(f"{case.name}: {run.verdict}. {run.result['detail']}")
    assert run.claimed is not None
    assert run.started is not None
    started = run.started.timestamp()
    ends = {"created": run.submission.created.timestamp(), "claimed": run.claimed.timestamp(), "started": started}
    ends |= {name: started + seconds for name, seconds in run.result["phases"].items() if name in PHASES}
    ends |= {"finished": run.finished.timestamp(), "stored": stored}
    return {name: after - before for (name, after), before in zip(ends.items(), (began, *ends.values()), strict=False)}
