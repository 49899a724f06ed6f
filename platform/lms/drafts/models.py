"""What learners have typed and not handed in."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.models import Task
from grader.models import Backend


class Draft(models.Model):
    """The text as it stands: one per learner, task and backend. `version` grows with every change, from 1."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="drafts")
    backend = models.CharField(max_length=10, choices=Backend.choices)
    source = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)  # 0: nothing has been saved
    created = models.DateTimeField(default=timezone.now)
    saved = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "task", "backend"], name="one_draft_per_backend")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.backend}, version {self.version}"


class EarlierDraft(models.Model):
    """A text that gave way to another one, or that was refused because another one was newer."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="earlier")
    source = models.TextField(blank=True)
    written = models.DateTimeField()  # when it was saved last, or refused
    kept = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.draft}, before {self.kept:%Y-%m-%d %H:%M}"
