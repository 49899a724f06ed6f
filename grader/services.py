"""What people do: hand in a submission, try the shown cases, have a submission graded again."""

import logging
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from structlog.contextvars import get_contextvars

from courses.models import Task
from grader import backlog, broker, judge, runs, turns
from grader.models import Queue, Submission

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

    A broker that is down does not matter here: the row waits, and the sweeper sends its turn.
    """
    source = _checked_source(task, source, backend)
    if backlog.is_full():
        raise QueueFullError(
            "More submissions wait than can be graded soon. Yours was not stored: try again in a minute."
        )
    now, queue = timezone.now(), turns.queue_for(backend)
    submission = Submission.objects.create(
        user_id=user.pk,
        task=task,
        source=source,
        backend=backend,
        created=now,
        queued_at=now,
        queue=queue,
        turn=turns.next_turn(user.pk, queue),
        request_id=get_contextvars().get("request_id", ""),
    )
    logger.info("A submission came in.", extra={"submission_id": str(submission.pk)})
    transaction.on_commit(lambda: turns.send(queue))
    return submission


def run_start(
    *, user: AbstractUser, task: Task, source: str, backend: str, inputs: Mapping[str, str] | None = None
) -> runs.Run:
    """Have the shown cases run, or the learner's own `inputs` (Python literals by name), with nothing recorded.

    Raises ValidationError, of which the field of an input is called "input.<name>", QueueUnavailableError, and
    runs.TooManyRunsError.
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
    return bool(regrade_all(Submission.objects.filter(pk=submission.pk)))


def regrade_all(submissions: QuerySet[Submission]) -> int:
    """Have submissions graded once more, as new runs; return how many: those that are not graded yet are left alone.

    One statement and a bounded number of messages, however many they are.
    """
    graded = Submission.objects.filter(pk__in=submissions.order_by().values("pk"), status=Submission.Status.GRADED)
    queued = graded.update(
        status=Submission.Status.QUEUED,
        run_number=F("run_number") + 1,
        queued_at=timezone.now(),
        attempts=0,
        queue=Queue.REGRADE,  # torch, too: the GPU is kept for whoever waits
        turn=0,
    )
    if queued:
        transaction.on_commit(lambda: turns.top_up(Queue.REGRADE, turns.TURNS_AT_ONCE))
    return queued


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
