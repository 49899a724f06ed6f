"""Write what can be found, each time the catalogue is read."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from courses import selectors as catalogue
from courses.catalogue import lesson_parts
from courses.models import Lesson, Task
from courses.plain_text import plain_text
from lms.search import engines
from lms.search.models import Document
from lms.search.words import folded_words


@transaction.atomic
def index_rebuild(**_signal: Any) -> None:
    """Make the index that of the lessons and published tasks as they are on disk."""
    Document.objects.all().delete()
    documents = Document.objects.bulk_create(_documents())
    engines.write(
        [
            engines.Words(document.pk, document.title_words, document.heading_words, _folded(document.body))
            for document in documents
        ]
    )


def _documents() -> Iterator[Document]:
    for lesson in Lesson.objects.select_related("course"):
        yield _of_lesson(lesson)
    for task in catalogue.task_list():
        yield _of_task(task)


def _of_lesson(lesson: Lesson) -> Document:
    text = plain_text(lesson_parts(lesson.folder)[1])
    return Document(
        lesson=lesson,
        title_words=_folded(lesson.title),
        heading_words=_folded(" ".join(text.headings)),
        body=f"{lesson.summary} {text.body}",
    )


def _of_task(task: Task) -> Document:
    """Concepts, slug and the name of the function stand where a lesson has its headings."""
    folder = task.load()
    text = plain_text(folder.statement)
    return Document(
        lesson=task.lesson,
        task=task,
        title_words=_folded(task.title),
        heading_words=_folded(" ".join([*task.concepts, task.slug, folder.entry, *text.headings])),
        body=text.body,
    )


def _folded(text: str) -> str:
    return " ".join(folded_words(text))
