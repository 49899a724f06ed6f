"""How long a submission waits, from what the latest gradings took."""

from collections import defaultdict
from statistics import fmean

from django.core.cache import cache

from grader import health
from grader.models import GradingRun, Submission

LATEST = 200  # grading runs of which an estimate is made
ENOUGH = 5  # of the same task and backend, to tell what one more of them takes
KEPT_S = 30
ANY = ""


def estimate_s(submission: Submission, position: int) -> float | None:
    """Return a guess at the seconds until the verdict; None where nothing was graded yet, or nobody serves the queue.

    Those before it are shared by the processes that serve its queue, and take what gradings take; then it takes what
    gradings of its task take. What runs at the moment is left out: how much of it is left is not known, and it is less
    than one grading.
    """
    graders = health.graders(submission.queue)
    times: dict[str, float] | None = cache.get_or_set("grader:service_times", _service_times, KEPT_S)
    if not (graders and times):
        return None
    own = times.get(_kind(submission.task_id, submission.backend), times[ANY])
    return round(position / graders * times[ANY] + own, 1)


def _service_times() -> dict[str, float]:
    """Return how many seconds a worker process had a submission: on average, and by kind where there are enough."""
    graded = GradingRun.objects.filter(claimed__isnull=False, started__isnull=False).order_by("-pk")[:LATEST]
    times: dict[str, list[float]] = defaultdict(list)
    for run in graded.select_related("submission").only(
        "claimed", "finished", "submission__task_id", "submission__backend"
    ):
        assert run.claimed is not None, "asked for"
        seconds = (run.finished - run.claimed).total_seconds()
        times[ANY].append(seconds)
        times[_kind(run.submission.task_id, run.submission.backend)].append(seconds)
    return {kind: fmean(took) for kind, took in times.items() if kind == ANY or len(took) >= ENOUGH}


def _kind(task_id: object, backend: str) -> str:
    return f"{task_id} {backend}"
