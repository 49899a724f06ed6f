"""What the start page and the pages of courses and lessons show."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from courses import markdown
from courses import selectors as catalogue
from courses.catalogue import lesson_parts
from courses.formulas import style_rules
from courses.models import Lesson
from grader.models import Verdict
from lms.progress import selectors as progressing
from lms.progress.selectors import Visitor, course_progress, progress_of
from lms.web.verdicts import SUBMISSION_WORDS


def home_page(visitor: Visitor) -> dict[str, Any]:
    courses, progress = list(catalogue.course_list()), progress_of(visitor)
    lessons = [lesson for course in courses for lesson in course.lessons.all()]
    tasks = [task for lesson in lessons for task in lesson.tasks.all()]
    summaries = [course_progress(course, progress) for course in courses]
    going_on = progressing.continue_at(visitor, courses, progress)
    first_open = next((task for task in tasks if progress.get(task.id) != Verdict.ACCEPTED), None)
    return {
        "courses": summaries,
        "first_lesson": next((lesson for lesson in lessons if lesson.tasks.all()), None),
        "continue_at": going_on,
        "next_task": going_on.task if going_on else first_open,
        "progress": progress,
        "done": sum(summary.done for summary in summaries),
        "total": len(tasks),
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
    completion = progressing.completion_of(visitor, course, progress) if visitor.is_authenticated else None
    return {"course": course, "progress": progress, "completion": completion}


def lesson_page(visitor: Visitor, course_slug: str, lesson_slug: str) -> dict[str, Any]:
    """Raises Lesson.DoesNotExist."""
    lesson = catalogue.lesson_get(course_slug=course_slug, lesson_slug=lesson_slug)
    _, text = lesson_parts(lesson.folder)
    lessons = list(Lesson.objects.select_related("course"))
    place, html = lessons.index(lesson), markdown.render(text, lesson.folder)
    return {
        "lesson": lesson,
        "html": html,
        "formula_rules": style_rules(html),
        "moves": markdown.has_moving_figures(html),
        "headings": markdown.headings(text),
        "previous": lessons[place - 1] if place else None,
        "next": lessons[place + 1] if place + 1 < len(lessons) else None,
        "builds_on": [other for other in lessons if other.key in lesson.prerequisites],
        "needed_for": [other for other in lessons if lesson.key in other.prerequisites],
        "progress": progress_of(visitor),
        "is_read": not lesson.tasks.all() and lesson.key in progressing.lessons_read(visitor),
    }
