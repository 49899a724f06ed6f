"""What the pages on a learner's earlier submissions show: the list of a task, the list of all, two compared."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.paginator import Page, Paginator

from grader import selectors as grading
from grader.models import Submission
from lms.web import pictures
from lms.web.code import compare

PER_PAGE = 25
IN_TREND = 40


def history_page(user: AbstractUser, slug: str, number: str | None) -> dict[str, Any]:
    """Return one page of the submissions to a task, newest first, and how the scores went. Raises Task.DoesNotExist."""
    task = grading.task_of_history(user, slug)
    page = Paginator(grading.submission_history(user, task), PER_PAGE).get_page(number)
    return {
        "task": task,
        "lesson": task.lesson,
        "page": page,
        "numbered": _numbered(page),
        "trend": pictures.trend(grading.score_shares(user, task, IN_TREND)),
    }


def submissions_page(user: AbstractUser, number: str | None) -> dict[str, Any]:
    """Return one page of all submissions of a learner, newest first."""
    page = Paginator(grading.submission_history(user), PER_PAGE).get_page(number)
    return {"page": page, "numbered": _numbered(page)}


def compare_page(user: AbstractUser, old_id: uuid.UUID, new_id: uuid.UUID) -> dict[str, Any]:
    """Return what changed between two of a learner's submissions. Raises Submission.DoesNotExist."""
    old, new = (grading.submission_get(user, pk) for pk in (old_id, new_id))
    stretches = compare(old.source, new.source)
    signs = [change.sign for stretch in stretches for change in stretch.lines]
    return {
        "old": old,
        "new": new,
        "task": new.task,
        "lesson": new.task.lesson,
        "is_same_task": old.task_id == new.task_id,
        "stretches": stretches,
        "removed": signs.count("-"),
        "added": signs.count("+"),
    }


def _numbered(page: Page) -> list[tuple[int, Submission]]:
    """Give each submission of a page its number, counted from the first one ever."""
    latest = page.paginator.count - page.start_index() + 1
    return [(latest - place, submission) for place, submission in enumerate(page)]
