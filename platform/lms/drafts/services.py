"""Saving drafts, so that no text is lost: neither to a second tab or machine, nor to a hasty "select all, delete"."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from courses.models import Task
from grader.models import Submission
from grader.services import text_problem
from lms.drafts.models import Draft, EarlierDraft

KEPT = 20  # earlier texts of one draft
KEEP_EVERY = timedelta(minutes=5)


class DraftConflictError(Exception):
    """The draft was changed elsewhere since the version that the new text is based on."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("This draft was changed in another tab or on another device since this text was begun.")
        self.draft = draft


def draft_save(
    *, user: AbstractUser, task: Task, backend: str, source: str, base: int, replaces: bool = False
) -> Draft:
    """Make `source` the draft, if `base` is the version that it was made from.

    Of the texts on the way to it one is kept every few minutes; with `replaces` (another text was put in the place of
    this one) or where most of the text goes at once, what was there before is kept in any case.

    Raises
    ------
    ValidationError
        The text cannot be a draft, or the task does not take this backend.
    DraftConflictError
        There is a newer version. The refused text is kept among the earlier ones.
    """
    source = source.replace("\r\n", "\n")
    _check(task, backend, source)
    with transaction.atomic():
        draft = _locked(user, task, backend)
        if draft.version and draft.source == source:
            return draft
        is_newer = draft.version != base
        if is_newer:
            _keep(draft, source, written=timezone.now())
        else:
            if draft.version and (replaces or _is_rewrite(draft.source, source) or _is_due(draft)):
                _keep(draft, draft.source, written=draft.saved)
            draft.source, draft.version, draft.saved = source, draft.version + 1, timezone.now()
            draft.save()
    if is_newer:
        raise DraftConflictError(draft)
    return draft


def draft_set_aside(*, user: AbstractUser, task: Task, backend: str, source: str) -> None:
    """Put a text that somebody decided against among the earlier ones. Raises ValidationError."""
    source = source.replace("\r\n", "\n")
    _check(task, backend, source)
    with transaction.atomic():
        _keep(_locked(user, task, backend), source, written=timezone.now())


def draft_from_submission(submission: Submission) -> None:
    """Make the source of a submission the draft again; what the draft was is kept among the earlier ones."""
    user, task, backend = submission.user, submission.task, submission.backend
    with transaction.atomic():
        base = _locked(user, task, backend).version
        draft = draft_save(user=user, task=task, backend=backend, source=submission.source, base=base, replaces=True)
        draft.saved = timezone.now()  # also where the text is the same: the page shows what came last
        draft.save(update_fields=["saved"])


def _check(task: Task, backend: str, source: str) -> None:
    if backend not in task.backends:
        raise ValidationError(
            {"backend": f"“{backend}” is not a backend of this task. It takes: {', '.join(task.backends)}."}
        )
    if problem := text_problem(source):
        raise ValidationError({"source": problem})


def _locked(user: AbstractUser, task: Task, backend: str) -> Draft:
    drafts = Draft.objects.select_for_update()
    return drafts.get_or_create(user_id=user.pk, task=task, backend=backend)[0]


def _is_rewrite(before: str, after: str) -> bool:
    """Tell whether more than half of a text goes at once: what stays is what both begin and end with."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    return head + tail < len(before) / 2


def _alike(one: str, other: str) -> int:
    """Return with how many characters in common two texts begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _is_due(draft: Draft) -> bool:
    latest = draft.earlier.first()
    return timezone.now() - (latest.kept if latest else draft.created) > KEEP_EVERY


def _keep(draft: Draft, source: str, *, written: datetime) -> None:
    """Put a text among the earlier ones, unless it is the latest of them already; the oldest ones give way."""
    latest = draft.earlier.first()
    if not source.strip() or (latest and latest.source == source):
        return
    EarlierDraft.objects.create(draft=draft, source=source, written=written)
    kept = draft.earlier.values_list("pk", flat=True)[:KEPT]
    draft.earlier.exclude(pk__in=list(kept)).delete()
