"""What the page of a task shows."""

from typing import Any

from courses import markdown
from courses import selectors as catalogue
from courses.formulas import style_rules
from courses.models import Task
from grader import selectors as grading
from grader.models import Backend, Submission, Verdict
from lms.progress.selectors import Visitor

IMPORTS = {"numpy": "import numpy as np", "torch": "import torch"}


def task_page(visitor: Visitor, slug: str, backend: str) -> dict[str, Any]:
    """Raises Task.DoesNotExist. `backend` is the one asked for: if the task does not take it, another one is shown."""
    task = catalogue.task_get(slug=slug)
    texts = task.load()
    latest = _latest_by_backend(visitor, task)
    starters = {name: starter(texts.starter, name) for name in task.backends}
    if backend not in task.backends:
        last = max(latest.values(), key=lambda submission: submission.created, default=None)
        backend = last.backend if last else task.backends[0]
    statement = markdown.render(texts.statement, task.folder)
    hints = [(hint.title, markdown.render(hint.text, task.folder)) for hint in texts.hints]
    solution = markdown.render(texts.solution, task.folder) if _has_passed(visitor, task) else ""
    return {
        "task": task,
        "lesson": task.lesson,
        "statement": statement,
        "hints": hints,
        "solution": solution,
        "formula_rules": style_rules(statement, solution, *(text for _, text in hints)),
        "builds_on": Task.objects.filter(slug__in=task.prerequisites, is_published=True) if task.prerequisites else [],
        "backends": [Backend(name) for name in task.backends],
        "backend": backend,
        "source": latest[backend].source if backend in latest else starters[backend],
        "editor": {
            "owner": str(visitor.pk or ""),
            "slug": task.slug,
            "starters": starters,
            "submitted": {name: submission.source for name, submission in latest.items()},
            "latest": {name: str(submission.pk) for name, submission in latest.items()},
        },
    }


def starter(source: str, backend: str) -> str:
    """Return what the editor holds at first: the task's starter, below the import that its backend needs."""
    return source if source.startswith(("import", "from")) else f"{IMPORTS[backend]}\n\n\n{source}"


def _has_passed(visitor: Visitor, task: Task) -> bool:
    if not visitor.is_authenticated:
        return False
    return grading.submission_list(visitor, task).filter(latest_run__verdict=Verdict.ACCEPTED).exists()


def _latest_by_backend(visitor: Visitor, task: Task) -> dict[str, Submission]:
    if not visitor.is_authenticated:
        return {}
    submissions = grading.submission_list(visitor, task)
    latest = {name: submissions.filter(backend=name).first() for name in task.backends}
    return {name: submission for name, submission in latest.items() if submission}
