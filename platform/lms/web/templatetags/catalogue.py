"""How pages of the catalogue show how far a learner has come."""

import uuid

from django import template

from courses.models import Task
from grader.models import Verdict

register = template.Library()


@register.filter
def tone_of(task: Task, progress: dict[uuid.UUID, str]) -> str:
    """Return the tone for a learner's best verdict on a task; a task not tried yet has none."""
    best = progress.get(task.id)
    if best is None:
        return ""
    return "good" if best == Verdict.ACCEPTED else "part"
