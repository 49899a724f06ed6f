"""Rows for what is on disk under CONTENT_DIR: something for submissions to refer to and for pages to query.

The texts themselves stay on disk. `catalogue.sync` is the only writer.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import models

from courses.task_format import Task as TaskFolder
from courses.task_format import load_task

IMPORTS = {"numpy": "import numpy as np", "torch": "import torch"}


class Course(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    order = models.PositiveIntegerField()
    prerequisites = models.JSONField(default=list, help_text="Keys (course/lesson) of the lessons it builds on.")

    class Meta:
        ordering = ["course__order", "course__slug", "order", "slug"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="lesson_slug_once_per_course")]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """What names the lesson among all lessons, also in files and after its row was made anew."""
        return f"{self.course.slug}/{self.slug}"

    @property
    def folder(self) -> Path:
        return settings.CONTENT_DIR / self.course.slug / f"{self.order:02d}-{self.slug}"


class Task(models.Model):
    """A task, known by the id in its task.toml, so that submissions survive a renamed folder."""

    id = models.UUIDField(primary_key=True, editable=False)
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    lesson = models.ForeignKey(Lesson, on_delete=models.SET_NULL, null=True, related_name="tasks")
    order = models.PositiveIntegerField()
    difficulty = models.PositiveSmallIntegerField()
    backends = models.JSONField(default=list)
    concepts = models.JSONField(default=list)
    prerequisites = models.JSONField(default=list)
    max_score = models.FloatField()
    version = models.CharField(max_length=64)
    path = models.CharField(max_length=500, help_text="Folder of the task, below the content folder.")
    is_published = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title

    @property
    def folder(self) -> Path:
        return settings.CONTENT_DIR / self.path

    @property
    def can_be_watched(self) -> bool:
        """Whether there is a training that accepted code can be watched in."""
        return (self.folder / "watch.py").is_file()

    def load(self) -> TaskFolder:
        """Return the task as its folder describes it."""
        return _load_task_version(self.folder, self.version)

    @property
    def starters(self) -> dict[str, str]:
        """What an editor opens with for each backend: the starter, below the import that the backend needs."""
        starter = self.load().starter
        if starter.startswith(("import", "from")):
            return dict.fromkeys(self.backends, starter)
        return {backend: f"{IMPORTS[backend]}\n\n\n{starter}" for backend in self.backends}


@lru_cache(maxsize=512)
def _load_task_version(folder: Path, _version: str) -> TaskFolder:
    return load_task(folder)
