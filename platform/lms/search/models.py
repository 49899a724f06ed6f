"""What can be found: one document for each lesson and each published task. `index.index_rebuild` is the only writer.

The words themselves are indexed beside this table in the way of the database; see `engines`.
"""

from django.db import models
from django.db.models import Q

from courses.models import Lesson, Task


class Document(models.Model):
    """A task, or a lesson where `task` is empty. Words are folded (see `words`) and stand between single spaces."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="+")
    task = models.OneToOneField(Task, on_delete=models.CASCADE, null=True, related_name="+")
    title_words = models.TextField()
    heading_words = models.TextField()
    body = models.TextField(help_text="As it is read, to cut passages from.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson"], condition=Q(task=None), name="one_document_per_lesson"),
        ]

    def __str__(self) -> str:
        return str(self.task or self.lesson)
