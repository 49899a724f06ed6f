"""What the page of a task shows."""

import logging
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from courses import markdown
from courses import selectors as catalogue
from courses.formulas import style_rules
from courses.models import Task
from courses.task_format import Task as TaskFolder
from grader import selectors as grading
from grader.judge import JudgeError
from grader.judge.cases import Case, shown_cases
from grader.judge.own_input import InputField, input_fields
from grader.models import Backend, Submission
from grader.pages import OWN_INPUT
from lms.drafts.models import Draft
from lms.drafts.selectors import drafts_of
from lms.progress.selectors import Visitor

Refused = dict[str, dict[str, str]]  # of grader.pages.take_refused_form
logger = logging.getLogger(__name__)


def task_page(visitor: Visitor, slug: str, backend: str, *, refused: Refused | None = None) -> dict[str, Any]:
    """Return what the page of a task shows. Raises Task.DoesNotExist.

    `backend` is the one asked for: if the task does not take it, another one is shown. `refused` is a form that was
    sent without a script and not accepted: all that was written in it is there again.
    """
    task = catalogue.task_get(slug=slug)
    texts = task.load()
    desks = desks_of(visitor, task)
    sent, errors = (refused["sent"], refused["errors"]) if refused else ({}, {})
    backend = sent.get("backend", backend)
    if backend not in task.backends:
        backend = max(desks.values(), key=lambda desk: desk.touched).backend
    cases, fields = _cases_and_fields(texts)
    statement = markdown.render(texts.statement, task.folder)
    hints = [(hint.title, markdown.render(hint.text, task.folder)) for hint in texts.hints]
    is_passed = has_passed(visitor, task)
    solution = markdown.render(texts.solution, task.folder) if is_passed else ""
    return {
        "task": task,
        "lesson": task.lesson,
        "is_passed": is_passed,
        "statement": statement,
        "hints": hints,
        "solution": solution,
        "formula_rules": style_rules(statement, solution, *(text for _, text in hints)),
        "builds_on": Task.objects.filter(slug__in=task.prerequisites, is_published=True) if task.prerequisites else [],
        "backends": [Backend(name) for name in task.backends],
        "backend": backend,
        "source": sent.get("source", desks[backend].text),
        "shown_cases": [case.name for case in cases],
        "own_input": [OwnInput(each, sent, errors) for each in fields],
        "runs_own_input": sent.get("on") == "own",
        "editor": {
            "owner": str(visitor.pk or ""),
            "slug": task.slug,
            "desks": {name: desk.as_json() for name, desk in desks.items()},
        },
    }


def _cases_and_fields(task: TaskFolder) -> tuple[tuple[Case, ...], tuple[InputField, ...]]:
    """Return the shown cases and the fields for other inputs; none where the author's cases fail: the rest is there."""
    try:
        return shown_cases(task), input_fields(task)
    except JudgeError:
        logger.exception("The shown cases of %s cannot be drawn.", task.slug)
        return (), ()


def solution_page(visitor: Visitor, slug: str, *, is_confirmed: bool) -> dict[str, Any]:
    """Return what the page of a solution shows: the solution to whoever has passed or says yes to seeing it.

    Raises Task.DoesNotExist.
    """
    task = catalogue.task_get(slug=slug)
    texts = task.load()
    is_shown = is_confirmed or has_passed(visitor, task)
    solution = markdown.render(texts.solution, task.folder) if is_shown else ""
    return {
        "task": task,
        "lesson": task.lesson,
        "hints": len(texts.hints),
        "solution": solution,
        "formula_rules": style_rules(solution),
    }


@dataclass(frozen=True, slots=True)
class OwnInput:
    """One field of the learner's own input, with what was written in it before, and what is wrong with that."""

    field: InputField
    sent: dict[str, str]
    errors: dict[str, str]

    @property
    def key(self) -> str:
        return f"{OWN_INPUT}{self.field.name}"

    @property
    def text(self) -> str:
        return self.sent.get(self.key, self.field.text)

    @property
    def rows(self) -> int:
        return min(self.text.count("\n") + 1, 8)

    @property
    def error(self) -> str:
        return self.errors.get(self.key, "")


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the editor may open with for one backend."""

    task: Task
    backend: str
    starter: str
    submission: Submission | None
    draft: Draft | None

    @property
    def draft_is_latest(self) -> bool:
        return bool(self.draft and not (self.submission and self.submission.created > self.draft.saved))

    @property
    def text(self) -> str:
        """What was typed or handed in last, whichever came later; the starter where there is neither."""
        if self.draft and self.draft_is_latest:
            return self.draft.source
        return self.submission.source if self.submission else self.starter

    @property
    def touched(self) -> float:
        times = [self.draft and self.draft.saved, self.submission and self.submission.created]
        return max((time.timestamp() for time in times if time), default=0.0)

    def as_json(self) -> dict[str, Any]:
        names = {"slug": self.task.slug, "backend": self.backend}
        return {
            "starter": self.starter,
            "text": self.text,
            "version": self.draft.version if self.draft else 0,
            "isDraft": self.draft_is_latest,
            "submission": str(self.submission.pk) if self.submission else None,
            "address": reverse("draft", kwargs=names),
            "earlier": reverse("earlier_drafts", kwargs=names),
        }


def desks_of(visitor: Visitor, task: Task) -> dict[str, Desk]:
    """Return what the learner has of a task, by backend in the task's order."""
    latest = _latest_by_backend(visitor, task)
    drafts = drafts_of(visitor, task) if visitor.is_authenticated else {}
    starters = task.starters
    return {name: Desk(task, name, starters[name], latest.get(name), drafts.get(name)) for name in task.backends}


def has_passed(visitor: Visitor, task: Task) -> bool:
    return visitor.is_authenticated and grading.has_passed(visitor, task)


def _latest_by_backend(visitor: Visitor, task: Task) -> dict[str, Submission]:
    if not visitor.is_authenticated:
        return {}
    submissions = grading.submission_list(visitor, task)
    latest = {name: submissions.filter(backend=name).first() for name in task.backends}
    return {name: submission for name, submission in latest.items() if submission}
