"""How far a learner has come with each lesson and task: done, begun, next or later.

A task is done once it was accepted, whatever was handed in afterwards. A lesson is done when its tasks are, or, where
it has none, when the learner has marked it as read. What is not begun is next when all that it builds on is done.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from grader.models import Verdict
from lms.progress.graph import Graph, LessonNode, TaskNode

Progress = Mapping[uuid.UUID, str]  # the best verdict of each task that was tried, by task id


class State(StrEnum):
    DONE = "done"
    BEGUN = "begun"
    NEXT = "next"
    LATER = "later"

    @property
    def icon(self) -> str:
        return {"done": "pass", "begun": "part", "next": "ready", "later": "open"}[self.value]

    @property
    def sentence(self) -> str:
        return {
            "done": "accepted, or read where there is no task",
            "begun": "tried, something is still open",
            "next": "all that it builds on is done",
            "later": "something that it builds on is not done yet",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Standing:
    lessons: Mapping[str, State]  # by key
    tasks: Mapping[str, State]  # by slug


def standing_of(graph: Graph, progress: Progress, read: Collection[str]) -> Standing:
    """Return the states, given best verdicts and the keys of the lessons that were marked as read."""
    done_tasks = {task.slug for task in graph.tasks if progress.get(task.id) == Verdict.ACCEPTED}
    done_lessons = {
        lesson.key
        for lesson in graph.lessons
        if (all(task.slug in done_tasks for task in lesson.tasks) if lesson.tasks else lesson.key in read)
    }
    lessons, tasks = {}, {}
    for lesson in graph.lessons:
        is_open = all(needed in done_lessons for needed in lesson.needs)
        lessons[lesson.key] = _lesson_state(lesson, done_lessons, progress, is_open=is_open)
        for task in lesson.tasks:
            tasks[task.slug] = _task_state(task, done_tasks, progress, is_open=is_open)
    return Standing(lessons, tasks)


def _lesson_state(lesson: LessonNode, done: Collection[str], progress: Progress, *, is_open: bool) -> State:
    if lesson.key in done:
        return State.DONE
    if any(task.id in progress for task in lesson.tasks):
        return State.BEGUN
    return State.NEXT if is_open else State.LATER


def _task_state(task: TaskNode, done: Collection[str], progress: Progress, *, is_open: bool) -> State:
    if task.slug in done:
        return State.DONE
    if task.id in progress:
        return State.BEGUN
    return State.NEXT if is_open and all(needed in done for needed in task.needs) else State.LATER
