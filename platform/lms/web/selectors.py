"""What each page shows, put together from the catalogue and the grader."""

import json
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from courses import markdown
from courses import selectors as catalogue
from courses.catalogue import lesson_parts
from courses.models import Course, Lesson, Task
from grader import runs
from grader import selectors as grading
from grader.models import Backend, Submission, Verdict
from lms.web.verdicts import RUN_WORDS, SUBMISSION_WORDS, waiting

Visitor = AbstractBaseUser | AnonymousUser
Progress = dict[uuid.UUID, str]
IMPORTS = {"numpy": "import numpy as np", "torch": "import torch"}


@dataclass(frozen=True, slots=True)
class CourseProgress:
    course: Course
    done: int
    total: int


def progress_of(visitor: Visitor) -> Progress:
    """Return the best verdict by task id; nobody has a best verdict before signing in."""
    return grading.progress(visitor) if visitor.is_authenticated else {}


def home_page(visitor: Visitor) -> dict[str, Any]:
    courses, progress = list(catalogue.course_list()), progress_of(visitor)
    lessons = [lesson for course in courses for lesson in course.lessons.all()]
    tasks = [task for lesson in lessons for task in lesson.tasks.all()]
    open_tasks = [task for task in tasks if progress.get(task.id) != Verdict.ACCEPTED]
    return {
        "courses": [_course_progress(course, progress) for course in courses],
        "first_lesson": next((lesson for lesson in lessons if lesson.tasks.all()), None),
        "next_task": open_tasks[0] if progress and open_tasks else None,
        "specimen": specimen(),
    }


@cache
def specimen() -> dict[str, Any]:
    """Return the verdict that the start page shows: the judge's own words on a known wrong variant."""
    kept = json.loads((Path(__file__).parent / "specimen.json").read_text(encoding="utf-8"))
    return kept | {"words": SUBMISSION_WORDS[kept["verdict"]["code"]]}


def course_page(visitor: Visitor, course_slug: str) -> dict[str, Any]:
    """Raises Course.DoesNotExist."""
    course, progress = catalogue.course_list().get(slug=course_slug), progress_of(visitor)
    return {"course": course, "progress": progress, "summary": _course_progress(course, progress)}


def lesson_page(visitor: Visitor, course_slug: str, lesson_slug: str) -> dict[str, Any]:
    """Raises Lesson.DoesNotExist."""
    lesson = catalogue.lesson_get(course_slug=course_slug, lesson_slug=lesson_slug)
    _, text = lesson_parts(lesson.folder)
    lessons = list(Lesson.objects.select_related("course"))
    place = lessons.index(lesson)
    return {
        "lesson": lesson,
        "html": markdown.render(text, lesson.folder),
        "headings": markdown.headings(text),
        "previous": lessons[place - 1] if place else None,
        "next": lessons[place + 1] if place + 1 < len(lessons) else None,
        "progress": progress_of(visitor),
    }


def task_page(visitor: Visitor, slug: str, backend: str) -> dict[str, Any]:
    """Raises Task.DoesNotExist. `backend` is the one asked for: if the task does not take it, another one is shown."""
    task = catalogue.task_get(slug=slug)
    texts = task.load()
    latest = _latest_by_backend(visitor, task)
    starters = {name: starter(texts.starter, name) for name in task.backends}
    if backend not in task.backends:
        last = max(latest.values(), key=lambda submission: submission.created, default=None)
        backend = last.backend if last else task.backends[0]
    return {
        "task": task,
        "lesson": task.lesson,
        "statement": markdown.render(texts.statement, task.folder),
        "hints": [(hint.title, markdown.render(hint.text, task.folder)) for hint in texts.hints],
        "solution": markdown.render(texts.solution, task.folder) if _has_passed(visitor, task) else "",
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


def submission_page(submission: Submission) -> dict[str, Any]:
    """Return what the page and the fragment of a submission show."""
    state = grading.submission_state(submission)
    run = grading.latest_run(submission) if state["status"] == "graded" else None
    return _result(state, run and run.result, SUBMISSION_WORDS) | {
        "submission": submission,
        "task": submission.task,
        "next_task": _task_after(submission.task) if run and run.verdict == Verdict.ACCEPTED else None,
        "backend": Backend(submission.backend),
        "source": submission.source,
    }


def run_page(run: runs.Run) -> dict[str, Any]:
    """Return what the page and the fragment of a run of the shown cases show. Raises Task.DoesNotExist."""
    return _result(grading.run_state(run), run.result, RUN_WORDS) | {
        "task": catalogue.task_get(slug=run.task_slug),
        "backend": Backend(run.backend),
        "source": run.source,
        "is_run": True,
    }


def _result(state: dict[str, Any], verdict: dict[str, Any] | None, words: dict[str, Any]) -> dict[str, Any]:
    if state["status"] == "graded" and verdict:
        return {"state": state, "verdict": verdict, "words": words[verdict["code"]]}
    return {"state": state, "waiting": waiting(state)}


def _task_after(task: Task) -> Task | None:
    """Return the task that is taught next."""
    tasks = iter(catalogue.task_list())
    return next(tasks, None) if task in tasks else None


def _course_progress(course: Course, progress: Progress) -> CourseProgress:
    tasks = [task for lesson in course.lessons.all() for task in lesson.tasks.all()]
    done = sum(progress.get(task.id) == Verdict.ACCEPTED for task in tasks)
    return CourseProgress(course, done, len(tasks))


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
