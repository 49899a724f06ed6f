"""Reading submissions, runs and what is known about their grading."""

import logging
import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, TextChoices

from courses.models import Task
from grader import health, runs, turns
from grader import progress as progress_of_grading
from grader.estimates import estimate_s
from grader.judge import JudgeError
from grader.judge.cases import Case, shown_cases
from grader.models import GradingRun, Submission, Verdict

logger = logging.getLogger(__name__)


class TaskState(TextChoices):
    """How far a learner is with a task, as submissions tell. `lms.progress.standing` knows more of what is open."""

    DONE = "done"  # accepted once
    BEGUN = "begun"  # tried
    OPEN = "open"


def submission_list(user: AbstractUser, task: Task | None = None) -> QuerySet[Submission]:
    """Return a learner's own submissions, newest first, with task and latest grading run."""
    submissions = Submission.objects.filter(user_id=user.pk).select_related("task", "latest_run")
    return submissions if task is None else submissions.filter(task=task)


def submission_get(user: AbstractUser, submission_id: uuid.UUID) -> Submission:
    """Return one of the learner's own submissions. Raises Submission.DoesNotExist."""
    return submission_list(user).get(pk=submission_id)


def submission_history(user: AbstractUser, task: Task | None = None) -> QuerySet[Submission]:
    """Return a learner's own submissions without what is large and no list shows: source and feedback."""
    return submission_list(user, task).defer("source", "latest_run__result")


def task_of_history(user: AbstractUser, slug: str) -> Task:
    """Return a task that is published, or that the learner has submitted to before it was taken down.

    Raises Task.DoesNotExist.
    """
    own = Exists(Submission.objects.filter(task=OuterRef("pk"), user_id=user.pk))
    return Task.objects.select_related("lesson__course").filter(Q(is_published=True) | own).get(slug=slug)


def submissions_of_all() -> QuerySet[Submission]:
    """Return everybody's submissions, newest first, with user, task and latest grading run: for staff."""
    return Submission.objects.select_related("user", "task", "latest_run")


def history_of_all() -> QuerySet[Submission]:
    """Return everybody's submissions as `submission_history` does one learner's."""
    return submissions_of_all().defer("source", "latest_run__result")


def with_grading_runs(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Have every verdict that was given on each read along, without its feedback."""
    return submissions.prefetch_related(Prefetch("runs", GradingRun.objects.order_by("-number").defer("result")))


def submissions_with_status(submissions: QuerySet[Submission], status: str) -> QuerySet[Submission]:
    """Return those that `submission_status` gives this word for: while grading is paused, nothing is just queued."""
    if status in {"queued", "paused"}:
        is_paused = bool(health.why_paused())
        waiting = submissions.filter(status=Submission.Status.QUEUED)
        return waiting if is_paused == (status == "paused") else submissions.none()
    return submissions.filter(status=status)


def score_shares(user: AbstractUser, task: Task, most: int) -> list[float]:
    """Return the shares of the full score that the latest graded submissions got, oldest first; ours do not count."""
    graded = submission_list(user, task).filter(latest_run__max_score__gt=0)
    scores = graded.exclude(latest_run__verdict=Verdict.INTERNAL_ERROR).values_list(
        "latest_run__score", "latest_run__max_score"
    )
    return [score / full for score, full in reversed(scores[:most])]


def submissions_before(submission: Submission) -> QuerySet[Submission]:
    """Return the same learner's earlier submissions to the same task, newest first."""
    same = Submission.objects.filter(user_id=submission.user_id, task_id=submission.task_id)
    return same.filter(created__lt=submission.created).defer("source")


def grading_runs(submission: Submission) -> QuerySet[GradingRun]:
    """Return every verdict that was given on a submission, newest first, without its feedback."""
    return submission.runs.order_by("-number").defer("result")


def latest_run(submission: Submission) -> GradingRun | None:
    return submission.latest_run


def run_get(user: AbstractUser, run_id: str) -> runs.Run:
    """Return one of the learner's own runs. Raises runs.RunNotFoundError, and RedisError without a broker."""
    run = runs.get(run_id)
    if run.user_id != user.pk:
        raise runs.RunNotFoundError("There is no such run.")
    return run


def submission_state(submission: Submission) -> dict[str, Any]:
    """Return what a waiting page shows: status, and the verdict or the place in the queue.

    `queue_position` is the number of submissions that are graded before this one, `estimate_s` a guess at the seconds
    until the verdict, from what the latest ones took; `case` of `cases` is told of what runs for longer than a moment.
    `paused` is not stored anywhere: it is a queued submission while nobody can grade, and `reason` says why.
    """
    if submission.status == Submission.Status.GRADED and submission.latest_run:
        run = submission.latest_run
        return {"status": "graded", "verdict": run.verdict, "score": run.score, "max_score": run.max_score}
    if submission.status == Submission.Status.RUNNING:
        return {"status": "running"} | progress_of_grading.read(submission.claim)
    return _waiting(submission)


def submission_status(submission: Submission) -> str:
    """Return the status alone, as `submission_state` does, without counting who waits before."""
    if submission.status != Submission.Status.QUEUED:
        return submission.status
    return "paused" if health.why_paused() else "queued"


def run_state(run: runs.Run) -> dict[str, Any]:
    """Return what a waiting page shows of a run, in the same words as for a submission."""
    if run.status == "graded" and run.result:
        told = {"verdict": run.result["code"]} | {key: run.result.get(key) for key in ("score", "max_score")}
        return {"status": "graded"} | {key: value for key, value in told.items() if value is not None}
    return {"status": "running"} | progress_of_grading.read(run.id) if run.status == "running" else _waiting(None)


def _waiting(submission: Submission | None) -> dict[str, Any]:
    """Return the state of what waits; None is a run, whose queue nobody counts."""
    place = {} if submission is None else {"queue_position": turns.position(submission)}
    if reason := health.why_paused():
        return {"status": "paused", "reason": reason} | place
    state = {"status": "queued"} | place
    seconds = submission and estimate_s(submission, place["queue_position"])
    return state if seconds is None else state | {"estimate_s": seconds}


def submission_phases(submission: Submission) -> dict[str, Any]:
    """Return when what happened: of the latest grading run, or of the grading that is under way."""
    run = submission.latest_run
    if run is not None and submission.status == Submission.Status.GRADED:
        times = {"queued": run.queued, "claimed": run.claimed, "started": run.started, "finished": run.finished}
    else:
        times = {"queued": submission.queued_at, "claimed": submission.claimed_at, "started": None, "finished": None}
    return {"created": submission.created, **times}


def progress(user: AbstractUser) -> dict[uuid.UUID, str]:
    """Return the best verdict that each task which the learner tried ever got, by task id.

    Later submissions and regrades take nothing away. Our own faults do not count.
    """
    runs = GradingRun.objects.filter(submission__user_id=user.pk).exclude(verdict=Verdict.INTERNAL_ERROR)
    best = runs.order_by().values_list("submission__task_id", "verdict").annotate(score=Max("score"))
    ranked = sorted(best, key=lambda row: (row[1] == Verdict.ACCEPTED, row[2]))
    return {task_id: verdict for task_id, verdict, _ in ranked}


def has_passed(user: AbstractUser, task: Task) -> bool:
    """Tell whether a submission was ever accepted: what was passed stays passed."""
    runs = GradingRun.objects.filter(submission__user_id=user.pk, submission__task=task, verdict=Verdict.ACCEPTED)
    return runs.exists()


def task_states(user: AbstractUser) -> dict[uuid.UUID, TaskState]:
    """Return the state of each task that the learner tried, by task id; every other one is open."""
    states = {True: TaskState.DONE, False: TaskState.BEGUN}
    return {task_id: states[verdict == Verdict.ACCEPTED] for task_id, verdict in progress(user).items()}


def tasks_in_state(tasks: QuerySet[Task], user: AbstractUser, state: TaskState) -> QuerySet[Task]:
    states = task_states(user)
    if state == TaskState.OPEN:
        return tasks.exclude(pk__in=states)
    return tasks.filter(pk__in=[task_id for task_id, own in states.items() if own == state])


def sample_cases(task: Task) -> tuple[Case, ...]:
    """Return the shown cases of a task; none where its author's program fails: the rest of the task is there."""
    try:
        return shown_cases(task.load())
    except JudgeError:
        logger.exception("The shown cases of %s cannot be drawn.", task.slug)
        return ()
