import json
import statistics
import time
import urllib.request
from datetime import datetime
from itertools import pairwise
from typing import Any
from urllib.error import HTTPError, URLError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from grader.models import Backend

WARM_UP = 5  # submissions before the clock counts
PATIENCE_S = 60
PHASES = ["created", "queued", "claimed", "started", "finished"]


class Command(BaseCommand):
    help = "Measure the time from POST to a stored verdict on a running system; prints medians and 95th percentiles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default="http://localhost:8000", help="address of the running system")
        parser.add_argument("--token", required=True, help="printed by: manage.py create_token USERNAME")
        parser.add_argument("--task", default="mean-squared-error")
        parser.add_argument("-n", type=int, default=50, help="submissions per backend, one after the other")

    def handle(self, *_args: Any, url: str, token: str, task: str, n: int, **_options: Any) -> None:
        api = _Api(url.rstrip("/"), token)
        self.stdout.write(f"From POST to a stored verdict, {task}, {n} submissions per backend, in ms:\n")
        self.stdout.write(f"{'backend':8} {'median':>8} {'p95':>8}   median of: to claim, to start, to verdict; POST\n")
        for backend in Backend.values:
            source = _accepted_source(task, backend)
            for _ in range(WARM_UP):
                api.verdict_on(task, source, backend)
            self.stdout.write(_row(backend, [api.verdict_on(task, source, backend) for _ in range(n)]))


def _accepted_source(slug: str, backend: str) -> str:
    """Return the first accepted variant for the backend: one for PyTorch says so in its first line."""
    for path in sorted(settings.CONTENT_DIR.glob(f"*/*/{slug}/submissions/accepted/*.py")):
        source = path.read_text()
        if ("torch" if source.startswith("# backend: torch") else "numpy") == backend:
            return source
    raise CommandError(
        f"There is no task “{slug}” with an accepted submission for {backend} in {settings.CONTENT_DIR}."
    )


def _row(backend: str, timings: list[dict[str, float]]) -> str:
    totals = sorted(timing["total"] for timing in timings)
    p95 = totals[round(0.95 * (len(totals) - 1))]
    parts = [statistics.median(timing[part] for timing in timings) for part in ("claimed", "started", "finished")]
    post = statistics.median(timing["post"] for timing in timings)
    steps = ", ".join(f"{part:.1f}" for part in parts)
    return f"{backend:8} {statistics.median(totals):8.1f} {p95:8.1f}   {steps}; {post:.1f}\n"


class _Api:
    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}

    def verdict_on(self, task: str, source: str, backend: str) -> dict[str, float]:
        """Submit, wait, and return the milliseconds of each phase, by the server's clock."""
        began = time.perf_counter()
        created = self._call("/api/v1/submissions/", {"task": task, "source": source, "backend": backend})
        post = time.perf_counter() - began
        graded = self._wait(f"/api/v1/submissions/{created['id']}/")
        if graded["verdict"] != "accepted":
            raise CommandError(f"{created['url']}: {graded['verdict']}. {graded['detail']}")
        times = [datetime.fromisoformat(graded["phases"][phase]) for phase in PHASES]
        steps = [(after - before).total_seconds() * 1e3 for before, after in pairwise(times)]
        total = (times[-1] - times[0]).total_seconds() * 1e3
        return dict(zip(PHASES[1:], steps, strict=True)) | {"total": total, "post": post * 1e3}

    def _wait(self, path: str) -> dict[str, Any]:
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            submission: dict[str, Any] = self._call(path)
            if submission["status"] == "graded":
                return submission
            time.sleep(0.02)
        raise CommandError(f"{self._url}{path}: no verdict within {PATIENCE_S} s. What does {self._url}/readyz say?")

    def _call(self, path: str, body: dict[str, str] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, self._headers)  # noqa: S310 -- the operator's address
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 -- the operator's address
                return json.load(response)
        except HTTPError as error:
            if error.code == 429:
                time.sleep(int(error.headers["Retry-After"]))
                return self._call(path, body)
            raise CommandError(f"{request.full_url}: {error.code} {error.read().decode()}") from None
        except URLError as error:
            raise CommandError(f"{request.full_url}: {error.reason}. Is the system running there?") from None
