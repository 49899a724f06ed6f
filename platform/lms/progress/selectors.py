"""How far a learner has come."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from courses.models import Course
from grader import selectors as grading
from grader.models import Verdict

Visitor = AbstractBaseUser | AnonymousUser
Progress = dict[uuid.UUID, str]


@dataclass(frozen=True, slots=True)
class CourseProgress:
    course: Course
    done: int
    total: int


def progress_of(visitor: Visitor) -> Progress:
    """Return the best verdict by task id; nobody has a best verdict before signing in."""
    return grading.progress(visitor) if visitor.is_authenticated else {}


def course_progress(course: Course, progress: Progress) -> CourseProgress:
    tasks = [task for lesson in course.lessons.all() for task in lesson.tasks.all()]
    done = sum(progress.get(task.id) == Verdict.ACCEPTED for task in tasks)
    return CourseProgress(course, done, len(tasks))
