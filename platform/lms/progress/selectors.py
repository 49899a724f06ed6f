"""How far a learner has come."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from courses import selectors as catalogue
from courses.models import Course, Task
from grader import selectors as grading
from grader.models import Submission, Verdict
from lms.drafts.models import Draft
from lms.progress.continuation import Activity, Continuation, continuation
from lms.progress.graph import CourseNode, Graph, graph_of
from lms.progress.models import CourseCertificate, LessonRead
from lms.progress.standing import Standing, State, standing_of

Visitor = AbstractBaseUser | AnonymousUser
Progress = dict[uuid.UUID, str]


@dataclass(frozen=True, slots=True)
class CourseProgress:
    course: Course
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Completion:
    """How far a learner is with a course, and what became of it."""

    course: Course
    tasks_done: int
    tasks: int
    lessons_done: int
    lessons: int
    certificates: list[CourseCertificate]  # of this course, the newest first
    may_claim: bool

    @property
    def is_complete(self) -> bool:
        return 0 < self.tasks == self.tasks_done


@dataclass(frozen=True, slots=True)
class TaskOverview:
    slug: str
    state: State
    verdict: str | None


@dataclass(frozen=True, slots=True)
class LessonOverview:
    slug: str
    state: State
    tasks: list[TaskOverview]


@dataclass(frozen=True, slots=True)
class CourseOverview:
    slug: str
    title: str
    done: int
    total: int
    lessons: list[LessonOverview]


@dataclass(frozen=True, slots=True)
class Overview:
    """How far a learner is with everything that is taught, and the task to go on with."""

    courses: list[CourseOverview]
    continue_with: Task | None


def progress_of(visitor: Visitor) -> Progress:
    """Return the best verdict by task id; nobody has a best verdict before signing in."""
    return grading.progress(visitor) if visitor.is_authenticated else {}


def course_progress(course: Course, progress: Progress) -> CourseProgress:
    tasks = [task for lesson in course.lessons.all() for task in lesson.tasks.all()]
    done = sum(progress.get(task.id) == Verdict.ACCEPTED for task in tasks)
    return CourseProgress(course, done, len(tasks))


def lessons_read(visitor: Visitor) -> set[str]:
    """Return the keys of the lessons that the visitor has marked as read."""
    if not visitor.is_authenticated:
        return set()
    return set(LessonRead.objects.filter(user_id=visitor.pk).values_list("lesson", flat=True))


def standing(visitor: Visitor, graph: Graph, progress: Progress) -> Standing | None:
    """Return how far a learner is; None for who has not signed in."""
    return standing_of(graph, progress, lessons_read(visitor)) if visitor.is_authenticated else None


def continue_at(visitor: Visitor, courses: list[Course], progress: Progress) -> Continuation | None:
    """Return where a learner goes on, and why; None for visitors, who has not begun, and who has done everything."""
    if not visitor.is_authenticated:
        return None
    graph = graph_of(courses)
    return continuation(activity_of(visitor), graph, standing_of(graph, progress, lessons_read(visitor)), courses)


def overview(visitor: Visitor) -> Overview:
    """Return how far a learner is with each course, lesson and task."""
    courses, progress = list(catalogue.course_list()), progress_of(visitor)
    graph = graph_of(courses)
    own = standing_of(graph, progress, lessons_read(visitor))
    going_on = continuation(activity_of(visitor), graph, own, courses)
    listed = [_course_overview(node, own, progress) for node in graph.courses]
    return Overview(listed, going_on.task if going_on else None)


def _course_overview(course: CourseNode, own: Standing, progress: Progress) -> CourseOverview:
    lessons = [
        LessonOverview(
            slug=lesson.key.partition("/")[2],
            state=own.lessons[lesson.key],
            tasks=[TaskOverview(task.slug, own.tasks[task.slug], progress.get(task.id)) for task in lesson.tasks],
        )
        for lesson in course.lessons
    ]
    states = [task.state for lesson in lessons for task in lesson.tasks]
    return CourseOverview(course.slug, course.title, states.count(State.DONE), len(states), lessons)


def activity_of(visitor: Visitor) -> Activity:
    """Return the latest submission and the latest draft of what is taught."""
    own = {"user_id": visitor.pk, "task__is_published": True}
    submissions = Submission.objects.filter(**own).select_related("task", "latest_run")
    drafts = Draft.objects.filter(**own, version__gt=0).select_related("task").order_by("-saved")
    return Activity(submissions.defer("source", "latest_run__result").first(), drafts.defer("source").first())


def certificate_list(visitor: Visitor) -> QuerySet[CourseCertificate]:
    """Return the learner's certificates, the newest first."""
    return CourseCertificate.objects.filter(user_id=visitor.pk)


def completion_of(visitor: Visitor, course: Course, progress: Progress) -> Completion:
    """Return how far a learner is with one of `courses.selectors.course_list()`."""
    certificates = list(certificate_list(visitor).filter(course_slug=course.slug))
    return completion(course, progress, lessons_read(visitor), certificates)


def completion(course: Course, progress: Progress, read: set[str], certificates: list[CourseCertificate]) -> Completion:
    """Return how far a learner is, given best verdicts, lessons read and the certificates of this course.

    Who has done everything may claim a certificate, and another one once the course has tasks that the first does not
    list. A certificate that its owner has withdrawn counts for nothing here: claiming anew corrects a name.
    """
    done, lessons_done, slugs = 0, 0, set()
    for lesson in course.lessons.all():
        tasks = lesson.tasks.all()
        accepted = sum(progress.get(task.id) == Verdict.ACCEPTED for task in tasks)
        lessons_done += accepted == len(tasks) if tasks else f"{course.slug}/{lesson.slug}" in read
        done += accepted
        slugs |= {task.slug for task in tasks}
    listed = [{task["slug"] for task in one.tasks} for one in certificates if one.withdrawn is None]
    may_claim = 0 < len(slugs) == done and not any(slugs <= one for one in listed)
    return Completion(course, done, len(slugs), lessons_done, len(course.lessons.all()), certificates, may_claim)
