"""What people do: hand in a submission, try the shown cases, have a submission graded again."""

import logging
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from redis.exceptions import RedisError
from structlog.contextvars import get_contextvars

from courses.models import Task
from grader import backlog, broker, heartbeats, judge, runs
from grader.models import Backend, Submission

logger = logging.getLogger(__name__)
EMPTY = "The source is empty. Write the function that the task asks for."


class FullError(ValidationError):
    """One has as many of something as one can have: one of them has to go first."""

    def __str__(self) -> str:
        return str(self.message)


class QueueUnavailableError(Exception):
    """The broker does not answer, and what was asked for needs it now."""


class QueueFullError(Exception):
    """As many submissions wait as may; nothing was stored."""


def submit(*, user: AbstractUser, task: Task, source: str, backend: str) -> Submission:
    """Store a submission and have it graded. Raises ValidationError with the field at fault, and QueueFullError.

    A broker that is down does not matter here: the row waits, and the sweeper enqueues it.
    """
    source = _checked_source(task, source, backend)
    if backlog.is_full():
        raise QueueFullError(
            "More submissions wait than can be graded soon. Yours was not stored: try again in a minute."
        )
    now = timezone.now()
    submission = Submission.objects.create(
        user_id=user.pk,
        task=task,
        source=source,
        backend=backend,
        created=now,
        queued_at=now,
        enqueued_at=now,
        request_id=get_contextvars().get("request_id", ""),
    )
    logger.info("A submission came in.", extra={"submission_id": str(submission.pk)})
    transaction.on_commit(lambda: enqueue(submission.pk, backend))
    return submission


def run_start(
    *, user: AbstractUser, task: Task, source: str, backend: str, inputs: Mapping[str, str] | None = None
) -> runs.Run:
    """Have the shown cases run, or the learner's own `inputs` (Python literals by name), with nothing recorded.

    Raises ValidationError, of which the field of an input is called "input.<name>", and QueueUnavailableError.
    """
    source = _checked_source(task, source, backend)
    if inputs is not None:
        _check_inputs(task, inputs)
    run = runs.Run(
        id=str(uuid.uuid4()),
        user_id=user.pk,
        task_slug=task.slug,
        source=source,
        backend=backend,
        inputs=None if inputs is None else dict(inputs),
    )
    if not (runs.save_new(run) and broker.send_job("run_samples", run.id, queue=broker.RUN_QUEUE)):
        raise QueueUnavailableError("Runs are not possible at the moment: the queue does not answer. Submitting works.")
    return run


def _check_inputs(task: Task, inputs: Mapping[str, str]) -> None:
    try:
        judge.read_inputs(task.load(), inputs)
    except judge.OwnInputError as error:
        raise ValidationError(
            {f"input.{name}": f"{name}: {sentence}" for name, sentence in error.errors.items()}
        ) from error


def regrade(submission: Submission) -> bool:
    """Have a graded submission graded once more, as a new run; return False if it is not graded yet."""
    now = timezone.now()
    queued = Submission.objects.filter(pk=submission.pk, status=Submission.Status.GRADED).update(
        status=Submission.Status.QUEUED, run_number=F("run_number") + 1, queued_at=now, enqueued_at=now, attempts=0
    )
    if queued:
        transaction.on_commit(lambda: enqueue(submission.pk, submission.backend))
    return bool(queued)


def enqueue(submission_id: uuid.UUID, backend: str) -> bool:
    """Send the job of a row marked as enqueued; where that fails, the mark goes, and the sweeper tries again."""
    sent = broker.send_job("grade_submission", str(submission_id), queue=_queue_for(backend))
    if not sent:
        Submission.objects.filter(pk=submission_id, status=Submission.Status.QUEUED).update(enqueued_at=None)
    return sent


def _queue_for(backend: str) -> str:
    """Return the queue of the GPU for torch while somebody serves it, else the one that every worker serves."""
    try:
        return broker.GPU_QUEUE if backend == Backend.TORCH and heartbeats.gpu_is_served() else broker.GRADE_QUEUE
    except RedisError:
        return broker.GRADE_QUEUE


def _checked_source(task: Task, source: str, backend: str) -> str:
    """Return the source with Unix line ends, or raise a ValidationError that says what to do."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n")
    errors = {}
    if not task.is_published:
        errors["task"] = f"The task {task.slug} is not published: nothing can be submitted to it."
    if backend not in task.backends:
        errors["backend"] = f"“{backend}” is not a backend of this task. It takes: {', '.join(task.backends)}."
    if problem := _source_problem(source):
        errors["source"] = problem
    if errors:
        raise ValidationError(errors)
    return source


def _source_problem(source: str) -> str:
    if not source.strip():
        return EMPTY
    return text_problem(source)


def text_problem(source: str) -> str:
    """Return what keeps a text from being stored and run as Python, in a sentence; "" if nothing does."""
    if "\0" in source:
        return "The source holds a NUL character, which no Python file may. Send text, not a binary file."
    try:
        size = len(source.encode())
    except UnicodeEncodeError as error:
        return f"Character {error.start + 1} of the source is half of a surrogate pair. Send text encoded as UTF-8."
    if size > settings.SUBMISSION_MAX_BYTES:
        return f"The source is {size:,} bytes long; at most {settings.SUBMISSION_MAX_BYTES:,} are accepted."
    return ""
