"""The life of a claim: taken by one worker, given up or turned into exactly one verdict.

Every step is one conditional UPDATE, so that a message delivered twice, two sweepers, or a worker that comes back from
the dead do no harm. The judge runs outside of any transaction. grader.turns says which submission is claimed. How a
claim ends is written again and again until the database takes it (grader.persistence).
"""

import logging
import secrets
import time
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from structlog.contextvars import bind_contextvars

from courses.models import Task
from grader import events, heartbeats, judge, runs, turns, worker
from grader.judge.verdict import Verdict, VerdictCode
from grader.models import GradingRun, Submission
from grader.persistence import until_stored
from grader.plain import plain_json
from grader.progress import Progress
from grader.sandbox import SandboxError, SandboxUnavailable
from grader.webhooks.services import queue_graded

Status = Submission.Status
logger = logging.getLogger(__name__)


def grade_next(queue: str) -> None:
    """Claim the next submission of a queue, judge it and store the verdict; do nothing if none waits."""
    submission = _claim_next(queue)
    if submission is None:
        return
    bind_contextvars(
        submission_id=str(submission.pk),
        backend=submission.backend,
        attempt=submission.attempts,
        request_id=submission.request_id,
    )
    events.publish_submission(submission.pk)
    began = time.monotonic()
    try:
        told = Progress(submission.claim, lambda: events.publish_submission(submission.pk))
        verdict = _judge(submission.task, submission.source, submission.backend, shown_only=False, on_case=told)
    except SandboxUnavailable as error:
        logger.error("Submission %s waits: %s", submission.pk, error)  # noqa: TRY400 -- the operator needs no traceback
        give_back(submission)
    except SandboxError as error:
        logger.warning("Grading %s came to nothing: %s", submission.pk, error)
        try_again(submission, blameless=True)
    except Exception:  # whatever it is, it is our fault and must not take the worker down
        logger.exception("Grading %s failed (attempt %d).", submission.pk, submission.attempts)
        try_again(submission)
    else:
        # not noted when it was: a clock that is set meanwhile would make it a day, or less than nothing
        started = timezone.now() - timedelta(seconds=time.monotonic() - began)
        if store_verdict(submission, verdict, started=started):
            bind_contextvars(verdict=verdict.code.value)  # for the line in which Celery says that the job is done


def run_samples(run_id: str) -> None:
    """Judge the shown cases of a run, or try the learner's own input.

    A failure of ours is told at once: the learner is there to run again.
    """
    try:
        run = runs.get(run_id)
    except runs.RunNotFoundError:
        return
    if run.status == "graded":
        return
    bind_contextvars(run_id=run.id, backend=run.backend)
    run = runs.advance(run, status="running")
    events.publish_run(run.id)
    result: Verdict | judge.OwnRun
    try:
        result = _run(Task.objects.get(slug=run.task_slug), run)
    except SandboxUnavailable:
        result = internal_error("Grading is paused: the sandbox is not available. Nothing was recorded.")
    except Exception:
        logger.exception("The run %s failed.", run.id)
        result = internal_error("The grader failed. It is our fault, and nothing was recorded. Run the code again.")
    runs.advance(run, status="graded", result=plain_json(result.as_dict()))
    events.publish_run(run.id)


def _run(task: Task, run: runs.Run) -> Verdict | judge.OwnRun:
    if run.inputs is None:
        told = Progress(run.id, lambda: events.publish_run(run.id))
        return _judge(task, run.source, run.backend, shown_only=True, on_case=told)
    inputs = judge.read_inputs(task.load(), run.inputs)
    with worker.current().lent(run.backend) as sandbox:
        return judge.run_own(task.load(), run.source, inputs, sandbox)


def _judge(task: Task, source: str, backend: str, *, shown_only: bool, on_case: Progress) -> Verdict:
    seed = secrets.randbits(63)
    with worker.current().lent(backend) as sandbox:
        return judge.grade(task.load(), source, backend, sandbox, seed=seed, shown_only=shown_only, on_case=on_case)


def internal_error(detail: str, max_score: float = 0.0) -> Verdict:
    """Return the verdict that is about us, not about the learner."""
    return Verdict(code=VerdictCode.INTERNAL_ERROR, score=0.0, max_score=max_score, checks=[], detail=detail)


# --- claims ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def _claim_next(queue: str) -> Submission | None:
    """Take the submission whose turn it is; of two workers that ask at once, each gets another one.

    PostgreSQL skips the rows that others are about to claim; in SQLite one transaction waits for the other. When that
    is, the database's clock says: the sweeper's may be another machine's.
    """
    waiting = turns.waiting(queue).select_related("task").annotate(now=Now())
    submission = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if submission is None:
        return None
    held = {"status": Status.RUNNING, "claim": uuid.uuid4(), "claimed_by": heartbeats.own_name()}
    held |= {"claimed_at": submission.now, "attempts": submission.attempts + 1}
    if not Submission.objects.filter(pk=submission.pk, status=Status.QUEUED).update(**held):
        return None
    for name, value in held.items():
        setattr(submission, name, value)
    return submission


def _held(submission: Submission) -> QuerySet[Submission]:
    return Submission.objects.filter(pk=submission.pk, claim=submission.claim, status=Status.RUNNING)


@until_stored
def give_back(submission: Submission) -> None:
    """Put a claimed submission back in its place with no attempt charged: the sweeper sends a turn when it is time."""
    _held(submission).update(status=Status.QUEUED, claim=None, claimed_by="", attempts=F("attempts") - 1)
    events.publish_submission(submission.pk)


def release(submission: Submission, *, held: timedelta) -> None:
    """Queue a submission whose worker is gone. `held` is for how long it had it, by the clock that stamped the claim.

    One that was killed by the hard limit may have been stuck because of it; any other one was killed from outside (for
    want of memory, by an operator), which says little about the submission: that is tried for longer.
    """
    was_stuck = held > timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)
    try_again(submission, blameless=not was_stuck)


@until_stored
def try_again(submission: Submission, *, blameless: bool = False) -> None:
    """Queue a submission whose grading failed; after the last attempt say that it is our fault.

    `blameless`: what failed was ended from outside, and the submission need not have had a part in it.
    """
    most = settings.SUBMISSION_MAX_DELIVERIES if blameless else settings.SUBMISSION_MAX_ATTEMPTS
    if submission.attempts >= most:
        detail = (
            f"The grader failed on this submission {submission.attempts} times. It is our fault and costs you nothing: "
            "it does not count as an attempt, and an instructor can have it graded again."
        )
        store_verdict(submission, internal_error(detail, submission.task.max_score), started=None)
        return
    if _held(submission).update(status=Status.QUEUED, claim=None, claimed_by=""):
        turns.send(submission.queue)
        events.publish_submission(submission.pk)


def store_verdict(submission: Submission, verdict: Verdict, *, started: datetime | None) -> GradingRun | None:
    """Turn a claim into its grading run; return None, and store nothing, if the claim was lost meanwhile."""
    try:
        run = _store(submission, verdict, started)
    except (_ClaimLostError, IntegrityError):  # IntegrityError: whoever took the claim over has stored this run
        logger.warning("The claim on %s was lost: its verdict is dropped.", submission.pk)
        return None
    events.publish_submission(submission.pk)
    return run


class _ClaimLostError(Exception):
    """Somebody else grades the submission now, or has graded it."""


@until_stored
@transaction.atomic
def _store(submission: Submission, verdict: Verdict, started: datetime | None) -> GradingRun:
    finished = timezone.now()
    started = started and min(started, finished)
    claimed = submission.claimed_at and min(submission.claimed_at, started or finished)
    run = GradingRun.objects.create(
        submission=submission,
        number=submission.run_number,
        verdict=verdict.code,
        score=verdict.score,
        max_score=verdict.max_score,
        result=plain_json(verdict.as_dict()),
        task_version=verdict.provenance.get("task_version", submission.task.version),
        queued=min(submission.queued_at, claimed or finished),  # web, database and worker each have a clock
        claimed=claimed,
        started=started,
        finished=finished,
    )
    if not _held(submission).update(status=Status.GRADED, claim=None, claimed_by="", latest_run=run):
        raise _ClaimLostError
    queue_graded(submission, run)
    return run
