"""Reading the catalogue."""

from django.db.models import Prefetch, QuerySet

from courses.models import Course, Lesson, Task


def course_list() -> QuerySet[Course]:
    """Return the courses in order, each with its lessons and their published tasks."""
    tasks = Prefetch("lessons__tasks", Task.objects.filter(is_published=True))
    return Course.objects.prefetch_related("lessons", tasks)


def lesson_get(*, course_slug: str, lesson_slug: str) -> Lesson:
    """Return a lesson with its course and its published tasks. Raises Lesson.DoesNotExist."""
    tasks = Prefetch("tasks", Task.objects.filter(is_published=True))
    lessons = Lesson.objects.select_related("course").prefetch_related(tasks)
    return lessons.get(course__slug=course_slug, slug=lesson_slug)


def task_list() -> QuerySet[Task]:
    """Return the published tasks in the order in which they are taught."""
    tasks = Task.objects.filter(is_published=True).select_related("lesson__course")
    return tasks.order_by("lesson__course__order", "lesson__order", "order", "slug")


def task_get(*, slug: str) -> Task:
    """Return a published task. Raises Task.DoesNotExist."""
    return task_list().get(slug=slug)
