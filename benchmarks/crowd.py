"""The submissions of many learners: what pages are measured beside."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from courses.models import Task
from grader.judge.verdict import CheckResult, Verdict, VerdictCode
from grader.models import GradingRun, Submission

PREFIX = "bench-"
LEARNERS = 100
SUBMISSIONS_OF_ONE = 500  # of the learner whose pages are measured; the others share the rest


@transaction.atomic
def hand_in(count: int) -> Any:
    """Store so many graded submissions of many learners; return the learner who has the most of them."""
    people = get_user_model()
    names = [f"{PREFIX}{number}" for number in range(LEARNERS)]
    learners = people.objects.bulk_create([people(username=name) for name in names])
    tasks = list(Task.objects.filter(is_published=True))
    now, rng = timezone.now(), secrets.SystemRandom()
    submissions = [
        Submission(
            user=learners[0] if number < SUBMISSIONS_OF_ONE else rng.choice(learners[1:]),
            task=tasks[number % len(tasks)],
            source=f"# {number}\n" + "def answer(x):\n    return x\n" * 20,
            backend="numpy",
            created=now - timedelta(minutes=number),
        )
        for number in range(count)
    ]
    Submission.objects.bulk_create(submissions, batch_size=500)
    runs = GradingRun.objects.bulk_create([_run(submission, rng.random() < 0.5) for submission in submissions], 500)
    for submission, run in zip(submissions, runs, strict=True):
        submission.status, submission.latest_run = Submission.Status.GRADED, run
    Submission.objects.bulk_update(submissions, ["status", "latest_run"], batch_size=200)
    return learners[0]


@transaction.atomic
def forget() -> int:
    """Take away what `hand_in` has stored; return how many submissions that was."""
    learners = get_user_model().objects.filter(username__startswith=PREFIX)
    submissions = Submission.objects.filter(user__in=learners)
    submissions.update(latest_run=None, status=Submission.Status.QUEUED)
    gone, _ = GradingRun.objects.filter(submission__in=submissions).delete()
    submissions.delete()
    learners.delete()
    return gone


def _run(submission: Submission, is_right: bool) -> GradingRun:  # noqa: FBT001 -- private
    checks = [CheckResult(name, "allclose", is_right, 2.0 * is_right, 2.0) for name in ("shape", "values", "gradient")]
    code = VerdictCode.ACCEPTED if is_right else VerdictCode.WRONG_ANSWER
    verdict = Verdict(code=code, score=6.0 * is_right, max_score=6.0, checks=checks)
    return GradingRun(
        submission=submission,
        number=1,
        verdict=code,
        score=verdict.score,
        max_score=verdict.max_score,
        result=verdict.as_dict(),
        task_version="bench",
        queued=submission.created,
        finished=submission.created,
    )
