"""What learners do besides submitting: mark lessons as read, claim certificates and say who may see them."""

import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from courses.models import Course, Lesson
from grader.models import GradingRun, Verdict
from lms.progress import certificates
from lms.progress.models import CourseCertificate, LessonRead
from lms.progress.selectors import completion_of, progress_of


class NotCompleteError(Exception):
    """There is nothing to certify, or there is such a certificate already."""


def lesson_mark(user: AbstractUser, lesson: Lesson, *, read: bool) -> None:
    """Remember that a lesson was read, or forget it. Doing so twice changes nothing."""
    if read:
        LessonRead.objects.get_or_create(user=user, lesson=lesson.key)
    else:
        LessonRead.objects.filter(user=user, lesson=lesson.key).delete()


@transaction.atomic
def certificate_claim(user: AbstractUser, course: Course, name: str) -> CourseCertificate:
    """Issue a certificate for what the learner has shown of a course. Raises NotCompleteError."""
    get_user_model().objects.select_for_update().get(pk=user.pk)  # pressed twice, it is issued once
    if not completion_of(user, course, progress_of(user)).may_claim:
        raise NotCompleteError(f"{user} may not claim a certificate for {course} now.")
    certificate = CourseCertificate(
        user=user,
        course_slug=course.slug,
        course_title=course.title,
        name=name,
        issued=timezone.now().replace(microsecond=0),
        tasks=_shown(user, course),
    )
    certificate.signature = certificates.sign(certificates.content_of(certificate))
    certificate.save()
    return certificate


def certificate_withdraw(user: AbstractUser, certificate_id: uuid.UUID) -> None:
    """Hide a certificate from everybody but its owner. Raises CourseCertificate.DoesNotExist."""
    _set_withdrawn(user, certificate_id, withdrawn=timezone.now())


def certificate_show(user: AbstractUser, certificate_id: uuid.UUID) -> None:
    """Show a withdrawn certificate again. Raises CourseCertificate.DoesNotExist."""
    _set_withdrawn(user, certificate_id, withdrawn=None)


def _set_withdrawn(user: AbstractUser, certificate_id: uuid.UUID, **withdrawn: Any) -> None:
    if not CourseCertificate.objects.filter(user=user, pk=certificate_id).update(**withdrawn):
        raise CourseCertificate.DoesNotExist


def _shown(user: AbstractUser, course: Course) -> list[dict[str, str]]:
    """Return for each task of the course when, in which version and backend it was first accepted."""
    tasks = [task for lesson in course.lessons.all() for task in lesson.tasks.all()]
    accepted = GradingRun.objects.filter(submission__user=user, submission__task__in=tasks, verdict=Verdict.ACCEPTED)
    first: dict[uuid.UUID, dict[str, str]] = {}
    for run in accepted.select_related("submission").defer("result", "submission__source").order_by("finished", "pk"):
        passed = {"version": run.task_version, "backend": run.submission.backend, "passed": f"{run.finished:%Y-%m-%d}"}
        first.setdefault(run.submission.task_id, passed)
    return [{"slug": task.slug, "title": task.title, **first[task.id]} for task in tasks]
