"""Read what is taught from disk into rows.

On disk: <course>/course.toml, <course>/<NN-lesson>/lesson.md, <course>/<NN-lesson>/<task>/task.toml.
A folder that cannot be read is reported and left out; everything else is taught. Nothing that a submission refers to is
ever deleted: a task that is gone from disk is only unpublished.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from courses.models import Course, Lesson, Task
from courses.prerequisites import Declared, Order, check_lessons, check_tasks
from courses.signals import catalogue_read
from courses.task_format import Task as TaskFolder
from courses.task_format import TaskFormatError, load_task

LESSON_FOLDER = re.compile(r"(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")
LESSON_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)


class CatalogueError(ValueError):
    """A course or lesson folder that cannot be used; the message names the file and what to do."""


@dataclass
class CatalogueReport:
    """What `sync` found: counts of what is taught, and one sentence for each folder left out."""

    courses: int = 0
    lessons: int = 0
    tasks: int = 0
    problems: list[str] = field(default_factory=list)


def lesson_parts(folder: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter and the Markdown body of a lesson folder."""
    path = folder / "lesson.md"
    try:
        match = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogueError(f"{path}: the file is missing; a lesson folder holds a lesson.md.") from None
    if match is None:
        raise CatalogueError(f"{path}: begin the file with its title and summary between two lines '+++'.")
    return _described(path, match[1]), match[2]


@transaction.atomic
def sync() -> CatalogueReport:
    """Make the rows equal to what is on disk. Raises CatalogueError where there is no content folder at all."""
    if not settings.CONTENT_DIR.is_dir():
        raise CatalogueError(f"{settings.CONTENT_DIR}: no such folder; set BAREMATH_CONTENT to that of the courses.")
    report = CatalogueReport()
    courses, lessons = set(), {}
    tasks: dict[str, tuple[TaskFolder, Lesson, int]] = {}
    for course_folder in _folders(settings.CONTENT_DIR):
        try:
            course = _sync_course(course_folder)
        except CatalogueError as error:
            report.problems.append(str(error))
            continue
        courses.add(course.pk)
        for lesson_folder in _folders(course_folder):
            try:
                lesson = _sync_lesson(course, lesson_folder)
            except CatalogueError as error:
                report.problems.append(str(error))
                continue
            lessons[lesson.key] = lesson
            for place, task in enumerate(_task_folders(lesson_folder, report), start=1):
                if _is_new(task, tasks, report):
                    tasks[task.id] = (task, lesson, place)
    order = _sync_prerequisites(lessons, report)
    _sync_tasks(tasks, order, report)
    Lesson.objects.exclude(pk__in=[lesson.pk for lesson in lessons.values()]).delete()
    Course.objects.exclude(pk__in=courses).delete()
    catalogue_read.send(sender=CatalogueReport)
    report.courses, report.lessons, report.tasks = len(courses), len(lessons), len(tasks)
    return report


def _folders(parent: Path) -> Iterator[Path]:
    """Yield the folders in `parent` in order, but for hidden ones and caches."""
    yield from sorted(path for path in parent.iterdir() if path.is_dir() and path.name[0] not in "._")


def _described(path: Path, text: str) -> dict[str, Any]:
    """Return the TOML in `text` if it has a title and a summary."""
    try:
        described = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}: {error}.") from None
    for key in ("title", "summary"):
        if not isinstance(described.get(key), str) or not described[key].strip():
            raise CatalogueError(f'{path}: write {key} = "...".')
    return described


def _sync_course(folder: Path) -> Course:
    path = folder / "course.toml"
    try:
        described = _described(path, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogueError(f"{path}: the file is missing; a course folder holds a course.toml.") from None
    if type(described.get("order")) is not int:
        raise CatalogueError(f"{path}: write order = a whole number, the place of the course in the catalogue.")
    values = {key: described[key] for key in ("title", "summary", "order")}
    return Course.objects.update_or_create(slug=folder.name, defaults=values)[0]


def _sync_lesson(course: Course, folder: Path) -> Lesson:
    named = LESSON_FOLDER.fullmatch(folder.name)
    if named is None:
        raise CatalogueError(f"{folder}: name a lesson folder by its place and slug, as in '03-loss-functions'.")
    described, _ = lesson_parts(folder)
    prerequisites = described.get("prerequisites", [])
    if not _are_keys(prerequisites):
        raise CatalogueError(f'{folder / "lesson.md"}: write prerequisites = ["course/lesson", ...], each once.')
    values = {key: described[key] for key in ("title", "summary")}
    values |= {"order": int(named[1]), "prerequisites": prerequisites}
    return Lesson.objects.update_or_create(course=course, slug=named[2], defaults=values)[0]


def _are_keys(prerequisites: object) -> bool:
    if not isinstance(prerequisites, list) or not all(isinstance(key, str) for key in prerequisites):
        return False
    return len(set(prerequisites)) == len(prerequisites) and all(map(LESSON_KEY.fullmatch, prerequisites))


def _sync_prerequisites(lessons: dict[str, Lesson], report: CatalogueReport) -> Order:
    """Take the prerequisites that cannot hold out of the rows; return the order of the lessons."""
    order = Order()
    declared = {
        key: Declared(lesson.folder / "lesson.md", lesson.prerequisites, key) for key, lesson in lessons.items()
    }
    checked = check_lessons(declared, order)
    report.problems += checked.problems
    for key, lesson in lessons.items():
        if lesson.prerequisites != checked.accepted[key]:
            lesson.prerequisites = checked.accepted[key]
            lesson.save(update_fields=["prerequisites"])
    return order


def _task_folders(lesson_folder: Path, report: CatalogueReport) -> Iterator[TaskFolder]:
    """Yield the readable tasks of a lesson, easiest first."""
    tasks = []
    for folder in _folders(lesson_folder):
        try:
            tasks.append(load_task(folder))
        except TaskFormatError as error:
            report.problems.append(str(error))
    yield from sorted(tasks, key=lambda task: (task.difficulty, task.slug))


def _is_new(task: TaskFolder, known: dict[str, tuple[TaskFolder, Lesson, int]], report: CatalogueReport) -> bool:
    for other, _, _ in known.values():
        for key in ("id", "slug"):
            if getattr(other, key) == getattr(task, key):
                report.problems.append(
                    f"{task.folder}: {key} {getattr(task, key)!r} is already that of {other.folder}; give it another."
                )
                return False
    return True


def _sync_tasks(tasks: dict[str, tuple[TaskFolder, Lesson, int]], order: Order, report: CatalogueReport) -> None:
    declared = {
        task.slug: Declared(task.folder / "task.toml", task.prerequisites, lesson.key)
        for task, lesson, _ in tasks.values()
    }
    checked = check_tasks(declared, order)
    report.problems += checked.problems
    # Rows that leave their slug go first, so that two tasks can exchange names.
    for row in Task.objects.all():
        found = tasks.get(str(row.pk))
        if found is None or found[0].slug != row.slug:
            row.slug, row.is_published = str(row.pk), False
            row.save(update_fields=["slug", "is_published"])
    for task, lesson, place in tasks.values():
        values = {
            "slug": task.slug,
            "title": task.title,
            "lesson": lesson,
            "order": place,
            "difficulty": task.difficulty,
            "backends": list(task.backends),
            "concepts": list(task.concepts),
            "prerequisites": checked.accepted[task.slug],
            "max_score": task.max_score,
            "version": task.version,
            "path": str(task.folder.relative_to(settings.CONTENT_DIR)),
            "is_published": True,
        }
        Task.objects.update_or_create(id=task.id, defaults=values)
