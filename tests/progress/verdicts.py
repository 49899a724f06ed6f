"""Submissions with their verdicts, put into the database as the grader would."""

from django.utils import timezone

from courses.models import Task
from grader.models import GradingRun, Submission


def give(user, slug, verdict="accepted", *, share=1.0, at=None, backend="numpy"):
    """Let `user` have submitted to a task and got `share` of its points."""
    task, at = Task.objects.get(slug=slug), at or timezone.now()
    submission = Submission.objects.create(user=user, task=task, source="x = 1\n", backend=backend, created=at)
    return regrade(submission, verdict, share=share, at=at)


def regrade(submission, verdict, *, share=1.0, at=None):
    """Store another verdict on a submission."""
    at, task = at or timezone.now(), submission.task
    run = GradingRun.objects.create(
        submission=submission,
        number=submission.runs.count() + 1,
        verdict=verdict,
        score=share * task.max_score,
        max_score=task.max_score,
        result={"code": verdict, "score": share * task.max_score, "max_score": task.max_score, "checks": []},
        task_version=task.version,
        queued=at,
        finished=at,
    )
    Submission.objects.filter(pk=submission.pk).update(latest_run=run, status="graded")
    submission.refresh_from_db()
    return submission
