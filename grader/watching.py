"""A learner watches their own accepted code train: asked for on the page, done by a worker, told frame by frame."""

import logging
import re
import time
import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from redis.exceptions import RedisError
from structlog.contextvars import bind_contextvars

from grader import broker, events, health, selectors, watches, worker
from grader.judge.watch import Ending, watch
from grader.models import Submission, Verdict
from grader.plain import plain_json
from grader.sandbox import SandboxUnavailable
from grader.services import QueueUnavailableError
from grader.watches import Watch, WatchNotFoundError

TOLD_EVERY_S = 0.05  # so that a quick program makes no storm of notes
FRAMES_AT_ONCE = 60
FRAME_NUMBER = re.compile(r"[0-9]{1,9}")
PAUSED = "Nothing can be run at the moment: the sandbox is not available. Start again in a few minutes."
OURS = "We failed, not your code: nothing was recorded. Start it again."
LOST = "The worker that ran your code was stopped, which is our fault. Start it again."

logger = logging.getLogger(__name__)


class _NobodyWatchesError(Exception):
    """The learner has started another one."""


def accepted_submissions(user: AbstractUser, task_slug: str) -> list[Submission]:
    """Return the learner's accepted submissions to a task, newest first, as many as a page offers."""
    own = selectors.submission_list(user).filter(task__slug=task_slug, latest_run__verdict=Verdict.ACCEPTED)
    return list(own[:20])


def start(*, user: AbstractUser, submission: Submission, chosen: Mapping[str, str]) -> Watch:
    """Have an accepted submission run on the larger data of watch.py; what the learner watched before ends.

    Raises PermissionDenied where it is not accepted, ValidationError, QueueUnavailableError.
    """
    if submission.user_id != user.pk or submission.latest_run is None:
        raise PermissionDenied("Only your own graded code can be watched.")
    if submission.latest_run.verdict != Verdict.ACCEPTED:
        raise PermissionDenied("Only accepted code can be watched: get it to pass all checks first.")
    spec = submission.task.load().watch
    if spec is None:
        raise ValidationError({"task": "This task has nothing to watch."})
    try:
        spec.values(chosen)
    except ValueError as error:
        raise ValidationError({"choices": str(error)}) from None
    new = Watch(str(uuid.uuid4()), user.pk, submission.task.slug, str(submission.pk), dict(chosen))
    if not (watches.begin(new) and broker.send_job("watch_training", new.id, queue=broker.RUN_QUEUE)):
        raise QueueUnavailableError("Nothing can be run at the moment: the queue does not answer. Try again soon.")
    return new


def perform(watch_id: str) -> None:
    """Run what is watched, and tell each frame as it comes. A failure of ours is told at once, and never retried."""
    bind_contextvars(watch_id=watch_id)
    try:
        asked = watches.get(watch_id)
    except WatchNotFoundError:
        return
    if asked.status != "queued":  # delivered again: whoever ran it is gone, and what was shown cannot be taken back
        if asked.status == "running":
            _end(asked, Ending("ours", LOST))
        return
    asked = watches.advance(asked, status="running", started=time.time())
    events.publish_watch(asked.id)
    try:
        ending = _run(asked)
    except SandboxUnavailable:
        ending = Ending("ours", PAUSED)
    except Exception:
        logger.exception("Watching %s failed.", asked.id)
        ending = Ending("ours", OURS)
    _end(asked, ending)


def _end(asked: Watch, ending: Ending) -> None:
    watches.advance(asked, status="ended", ending=plain_json(ending.as_dict()))
    events.publish_watch(asked.id)


def _run(asked: Watch) -> Ending:
    submission = Submission.objects.select_related("task").get(pk=asked.submission_id)
    task = submission.task.load()
    if task.watch is None:
        raise LookupError(f"{task.slug} has no watch.py any more.")
    with worker.current().lent(submission.backend) as sandbox:
        try:
            return watch(task, submission.source, sandbox, task.watch.values(asked.chosen), _Teller(asked))
        except _NobodyWatchesError:  # raised between two calls: the jail is as it was, and is kept
            return Ending("replaced", "Another training was started in its place.")


class _Teller:
    """Keeps each frame, and notes now and then that there are new ones."""

    def __init__(self, asked: Watch) -> None:
        self._asked = asked
        self._told = 0.0

    def __call__(self, frame: dict[str, Any]) -> None:
        if not watches.add_frame(self._asked, plain_json(frame)):
            raise _NobodyWatchesError
        if time.monotonic() - self._told > TOLD_EVERY_S:
            self._told = time.monotonic()
            events.publish_watch(self._asked.id)


def get(user: AbstractUser, watch_id: str) -> Watch:
    """Return what this learner watches or has watched. Raises WatchNotFoundError, and RedisError."""
    found = watches.get(watch_id)
    if found.user_id != user.pk:
        raise WatchNotFoundError
    return found


def current(user: AbstractUser, task_slug: str) -> Watch | None:
    """Return what this learner watches of a task, or watched last; None after ten minutes or without a broker."""
    try:
        watch_id = watches.current_id(user.pk)
        found = watches.get(watch_id) if watch_id else None
    except (WatchNotFoundError, RedisError):
        return None
    return found if found and found.task_slug == task_slug else None


def frame_number(sent: str) -> int:
    """Return the number of the frame that a browser wants to go on with: the first where it sent no such number."""
    return int(sent) if FRAME_NUMBER.fullmatch(sent) else 0


def state(asked: Watch, after: int) -> dict[str, Any]:
    """Return the status, the frames from number `after` on, and at its end how it ended.

    `asked` is read before the frames: where it has ended, no frame comes later. `more` says that there are frames
    which this answer had no room for.
    """
    found = watches.frames(asked.id, after, FRAMES_AT_ONCE + 1)
    frames, more = found[:FRAMES_AT_ONCE], len(found) > FRAMES_AT_ONCE
    answer: dict[str, Any] = {"status": asked.status, "frames": frames, "next": after + len(frames), "more": more}
    if asked.is_lost:
        answer |= {"status": "ended", "ending": Ending("ours", LOST).as_dict()}
    elif asked.status == "queued" and (reason := health.why_paused()):
        answer |= {"status": "paused", "reason": reason}
    elif asked.ending:
        answer["ending"] = asked.ending
    return answer


def latest(asked: Watch, most: int) -> dict[str, Any]:
    """Return `state` with the last frames alone, without the scene."""
    return state(asked, max(1, watches.count_frames(asked.id) - most))
