"""What is taught as a graph: lessons with their tasks, and what each builds on."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from courses.models import Course, Lesson, Task


@dataclass(frozen=True)
class TaskNode:
    id: uuid.UUID
    slug: str
    title: str
    difficulty: int
    needs: tuple[str, ...]  # slugs of tasks

    @cached_property
    def address(self) -> str:
        return reverse("task", args=[self.slug])


@dataclass(frozen=True)
class LessonNode:
    key: str  # course/lesson
    title: str
    needs: tuple[str, ...]  # keys of lessons
    tasks: tuple[TaskNode, ...]

    @cached_property
    def address(self) -> str:
        return reverse("lesson", args=self.key.split("/"))


@dataclass(frozen=True)
class CourseNode:
    slug: str
    title: str
    lessons: tuple[LessonNode, ...]


@dataclass(frozen=True)
class Graph:
    """Equal graphs are drawn alike: what is worked out from one is kept under it."""

    courses: tuple[CourseNode, ...]

    @property
    def lessons(self) -> Iterator[LessonNode]:
        return (lesson for course in self.courses for lesson in course.lessons)

    @property
    def tasks(self) -> Iterator[TaskNode]:
        return (task for lesson in self.lessons for task in lesson.tasks)

    @cached_property
    def lesson_of(self) -> dict[str, LessonNode]:
        """The lesson of each task, by the task's slug."""
        return {task.slug: lesson for lesson in self.lessons for task in lesson.tasks}


def graph_of(courses: Iterable[Course]) -> Graph:
    """Return the graph of `courses.selectors.course_list()`; needs of what is not taught are left out."""
    listed = list(courses)
    lessons = [lesson for course in listed for lesson in course.lessons.all()]
    slugs = {task.slug for lesson in lessons for task in lesson.tasks.all()}
    keys = {
        (course.slug, lesson.slug): f"{course.slug}/{lesson.slug}"
        for course in listed
        for lesson in course.lessons.all()
    }
    known = set(keys.values())
    return Graph(
        tuple(
            CourseNode(
                course.slug,
                course.title,
                tuple(
                    _lesson_node(lesson, keys[course.slug, lesson.slug], known, slugs)
                    for lesson in course.lessons.all()
                ),
            )
            for course in listed
        )
    )


def _lesson_node(lesson: Lesson, key: str, lessons: set[str], tasks: set[str]) -> LessonNode:
    needs = tuple(needed for needed in lesson.prerequisites if needed in lessons)
    return LessonNode(key, lesson.title, needs, _in_order([_task_node(task, tasks) for task in lesson.tasks.all()]))


def _task_node(task: Task, tasks: set[str]) -> TaskNode:
    needs = tuple(needed for needed in task.prerequisites if needed in tasks)
    return TaskNode(task.id, task.slug, task.title, task.difficulty, needs)


def _in_order(tasks: list[TaskNode]) -> tuple[TaskNode, ...]:
    """Return the tasks of a lesson in their order, but each one after those of the lesson that it needs."""
    waiting, placed = {task.slug: task for task in tasks}, []
    while waiting:
        ready = (task for task in waiting.values() if not any(needed in waiting for needed in task.needs))
        placed.append(waiting.pop(next(ready).slug))
    return tuple(placed)
