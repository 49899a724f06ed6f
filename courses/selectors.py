"""Reading the catalogue."""

from collections.abc import Iterator

from django.db.models import F, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber

from courses.models import Course, Lesson, Task

TEACHING_ORDER = ("lesson__course__order", "lesson__order", "order", "slug")


def course_list() -> QuerySet[Course]:
    """Return the courses in order, each with its lessons and their published tasks."""
    tasks = Prefetch("lessons__tasks", Task.objects.filter(is_published=True))
    return Course.objects.prefetch_related("lessons", tasks)


def lesson_get(*, course_slug: str, lesson_slug: str) -> Lesson:
    """Return a lesson with its course and its published tasks. Raises Lesson.DoesNotExist."""
    tasks = Prefetch("tasks", Task.objects.filter(is_published=True))
    lessons = Lesson.objects.select_related("course").prefetch_related(tasks)
    return lessons.get(course__slug=course_slug, slug=lesson_slug)


def lesson_list() -> QuerySet[Lesson]:
    """Return the lessons with their courses and their published tasks; `place` counts them in the order of teaching."""
    tasks = Prefetch("tasks", Task.objects.filter(is_published=True))
    place = Window(RowNumber(), order_by=[F("course__order"), F("course__slug"), F("order"), F("slug")])
    return Lesson.objects.select_related("course").prefetch_related(tasks).annotate(place=place)


def task_list() -> QuerySet[Task]:
    """Return the published tasks in the order in which they are taught."""
    tasks = Task.objects.filter(is_published=True).select_related("lesson__course")
    return tasks.order_by(*TEACHING_ORDER)


def task_get(*, slug: str) -> Task:
    """Return a published task. Raises Task.DoesNotExist."""
    return task_list().get(slug=slug)


def task_pages() -> QuerySet[Task]:
    """Return `task_list()` with `place`, which counts them: a cursor goes on from one number, not from four."""
    order = [F(name) for name in TEACHING_ORDER]
    return task_list().annotate(place=Window(RowNumber(), order_by=order))


def tasks_having(tasks: QuerySet[Task], field: str, value: str) -> QuerySet[Task]:
    """Return the tasks that list a value in a JSON field; SQLite has no lookup for that."""
    rows = Task.objects.filter(is_published=True).values_list("pk", field)
    return tasks.filter(pk__in=[pk for pk, values in rows if value in values])


def concept_list() -> Iterator[str]:
    """Yield the concepts of the published tasks, each as often as it is named."""
    for concepts in Task.objects.filter(is_published=True).values_list("concepts", flat=True):
        yield from concepts
