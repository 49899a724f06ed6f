"""Reading drafts."""

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet

from courses.models import Task
from lms.drafts.models import Draft, EarlierDraft


def drafts_of(user: AbstractUser, task: Task) -> dict[str, Draft]:
    """Return a learner's drafts of a task by backend."""
    return {draft.backend: draft for draft in Draft.objects.filter(user_id=user.pk, task=task, version__gt=0)}


def draft_get(user: AbstractUser, task: Task, backend: str) -> Draft:
    """Return a learner's draft; where nothing was saved yet, an empty one of version 0."""
    key = {"user_id": user.pk, "task": task, "backend": backend}
    return Draft.objects.filter(**key).first() or Draft(**key)


def earlier_drafts(draft: Draft) -> QuerySet[EarlierDraft]:
    """Return the texts that gave way to this draft, the latest first."""
    return draft.earlier.all() if draft.pk else EarlierDraft.objects.none()
