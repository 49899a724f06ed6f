"""What a learner handed in, and every verdict that was given on it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.models import Task
from grader import broker
from grader.judge.verdict import VerdictCode


class Verdict(models.TextChoices):
    """The judge's verdicts, with the words that people read."""

    ACCEPTED = VerdictCode.ACCEPTED, "accepted"
    PARTIALLY_ACCEPTED = VerdictCode.PARTIALLY_ACCEPTED, "partially accepted"
    WRONG_ANSWER = VerdictCode.WRONG_ANSWER, "wrong answer"
    TIME_LIMIT_EXCEEDED = VerdictCode.TIME_LIMIT_EXCEEDED, "time limit exceeded"
    MEMORY_LIMIT_EXCEEDED = VerdictCode.MEMORY_LIMIT_EXCEEDED, "memory limit exceeded"
    OUTPUT_LIMIT_EXCEEDED = VerdictCode.OUTPUT_LIMIT_EXCEEDED, "output limit exceeded"
    RUN_TIME_ERROR = VerdictCode.RUN_TIME_ERROR, "run time error"
    SYNTAX_ERROR = VerdictCode.SYNTAX_ERROR, "syntax error"
    FORBIDDEN_OPERATION = VerdictCode.FORBIDDEN_OPERATION, "forbidden operation"
    INCONSISTENT = VerdictCode.INCONSISTENT, "inconsistent"
    INTERNAL_ERROR = VerdictCode.INTERNAL_ERROR, "internal error"


class Backend(models.TextChoices):
    NUMPY = "numpy", "NumPy"
    TORCH = "torch", "PyTorch"


class Queue(models.TextChoices):
    """Where a submission waits. A worker takes nothing from the second while anything waits in the first."""

    GRADE = broker.GRADE_QUEUE, broker.GRADE_QUEUE
    REGRADE = broker.REGRADE_QUEUE, broker.REGRADE_QUEUE
    GPU = broker.GPU_QUEUE, broker.GPU_QUEUE


class Submission(models.Model):
    """One source handed in for one task. Graded once, and once more for every regrade.

    `claim` is the right to store the next verdict: whoever holds it grades, and a worker that lost it
    (killed, or given up for dead) can no longer store anything.
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        GRADED = "graded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="submissions")
    source = models.TextField()
    backend = models.CharField(max_length=10, choices=Backend.choices)
    created = models.DateTimeField(default=timezone.now)
    request_id = models.CharField(max_length=64, blank=True, default="", db_default="")  # that it came with, for logs

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    run_number = models.PositiveIntegerField(default=1)  # of the grading run that is due, or of the latest
    queued_at = models.DateTimeField(default=timezone.now)
    queue = models.CharField(max_length=10, choices=Queue.choices, default=Queue.GRADE, db_default=Queue.GRADE)
    turn = models.PositiveIntegerField(default=0, db_default=0)  # its place in the queue, see grader.turns
    claim = models.UUIDField(null=True, blank=True)
    claimed_by = models.CharField(max_length=120, blank=True)  # worker process, see grader.worker
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    latest_run = models.OneToOneField(
        "GradingRun", on_delete=models.RESTRICT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-created", "-id"]
        permissions = [("regrade_submission", "Can regrade submissions")]
        indexes = [
            models.Index(fields=["user", "-created"], name="submission_history"),
            models.Index(fields=["user", "task", "-created"], name="submission_task_history"),
            models.Index(
                fields=["queue", "turn", "queued_at", "id"], condition=Q(status="queued"), name="submission_turns"
            ),
            models.Index(fields=["user", "queue", "turn"], condition=~Q(status="graded"), name="submission_own_turns"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="running", claim__isnull=False) | (~Q(status="running") & Q(claim__isnull=True)),
                name="submission_claimed_while_running",
            ),
            models.CheckConstraint(
                condition=~Q(status="graded") | Q(latest_run__isnull=False), name="submission_graded_has_run"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class GradingRun(models.Model):
    """One verdict on one submission, never changed afterwards. `result` is `judge.Verdict.as_dict()`.

    (submission, number) is unique: two workers that grade the same submission cannot both store a verdict.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=30, choices=Verdict.choices)
    score = models.FloatField()
    max_score = models.FloatField()
    result = models.JSONField()
    task_version = models.CharField(max_length=80)
    queued = models.DateTimeField()
    claimed = models.DateTimeField(null=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField()

    class Meta:
        ordering = ["submission", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_verdict_per_run"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} run {self.number}: {self.verdict}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A grading run is never changed: regrade the submission to add another one.")
        super().save(*args, **kwargs)


class KeptAnswer(models.Model):
    """The answer to a request with an Idempotency-Key, for when the same request comes again.

    It becomes visible with what the request did, in one transaction (grader.api.idempotency).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, address and body
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)  # JSON as it was sent: a JSONField may order its keys otherwise
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key
