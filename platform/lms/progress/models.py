"""What learners have besides verdicts: lessons that they have read, and certificates."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class LessonRead(models.Model):
    """A lesson without tasks that somebody has marked as read.

    It names the lesson by its key: the row of a lesson goes when its folder cannot be read for once, and what has been
    read stays read.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lessons_read")
    lesson = models.CharField(max_length=120, help_text="Key of the lesson: course/lesson.")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "lesson"], name="lesson_read_once")]

    def __str__(self) -> str:
        return self.lesson


class CourseCertificate(models.Model):
    """What somebody had shown of a course when the certificate was issued. It never changes, whatever the course does.

    Only who may see it changes: its owner can withdraw it and show it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="certificates")
    course_slug = models.SlugField()
    course_title = models.CharField(max_length=200)
    name = models.CharField(max_length=100)
    issued = models.DateTimeField(default=timezone.now)
    tasks = models.JSONField(help_text="slug, title, version, backend and day passed of each task.")
    signature = models.CharField(max_length=100)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued", "-id"]

    def __str__(self) -> str:
        return f"{self.course_title}, {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A certificate is never changed: only services.certificate_withdraw and _show touch it.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("certificate", args=[self.pk])
