"""What the pages of the map, of progress and of certificates show."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Max, Min, Q

from courses import selectors as catalogue
from courses.models import Task
from grader.models import Backend, GradingRun, Verdict
from lms.progress import certificates, selectors
from lms.progress.concept_map import Card, Label, concept_map
from lms.progress.continuation import continuation
from lms.progress.graph import graph_of
from lms.progress.models import CourseCertificate
from lms.progress.qr import qr_path
from lms.progress.selectors import Visitor
from lms.progress.standing import State, standing_of

MarkedCard = tuple[Card, State | None, list[tuple[Label, State | None]]]
OPEN = (State.BEGUN, State.NEXT)


def map_page(visitor: Visitor, *, only_next: bool) -> dict[str, Any]:
    """Return the concept map and its list, with the marks of the learner; only what is next, if that is asked."""
    graph = graph_of(catalogue.course_list())
    own = selectors.standing(visitor, graph, selectors.progress_of(visitor))
    lessons, tasks = (own.lessons, own.tasks) if own else ({}, {})
    drawn = concept_map(graph)
    cards = {
        card.lesson.key: (card, lessons.get(card.lesson.key), [(row, tasks.get(row.key)) for row in card.tasks])
        for card in drawn.cards
    }
    only_next = only_next and own is not None
    listed = _only_open(cards) if only_next else cards
    courses = [(course, [listed[one.key] for one in course.lessons if one.key in listed]) for course in graph.courses]
    return {
        "map": drawn,
        "cards": cards.values(),
        "courses": [(course, found) for course, found in courses if found or not only_next],
        "states": list(State) if own else [],
        "only_next": only_next,
    }


def _only_open(cards: dict[str, MarkedCard]) -> dict[str, MarkedCard]:
    """Return what is begun or next, with the lessons that it belongs to."""
    found = {
        key: (card, state, [(row, mark) for row, mark in rows if mark in OPEN])
        for key, (card, state, rows) in cards.items()
    }
    return {key: marked for key, marked in found.items() if marked[1] in OPEN or marked[2]}


def progress_page(user: AbstractUser) -> dict[str, Any]:
    """Return what is done, begun and next, by course, with dates, and the certificates."""
    courses, progress = list(catalogue.course_list()), selectors.progress_of(user)
    read, owned = selectors.lessons_read(user), list(selectors.certificate_list(user))
    graph = graph_of(courses)
    own, attempts = standing_of(graph, progress, read), _attempts(user)
    tasks = [task for course in courses for lesson in course.lessons.all() for task in lesson.tasks.all()]
    done = [(task, attempts[task.id]) for task in tasks if own.tasks[task.slug] == State.DONE]
    begun = [(task, attempts[task.id]) for task in tasks if own.tasks[task.slug] == State.BEGUN]
    return {
        "continue_at": continuation(selectors.activity_of(user), graph, own, courses),
        "done": sorted(done, key=lambda pair: pair[1]["passed"], reverse=True),
        "begun": sorted(begun, key=lambda pair: pair[1]["latest"], reverse=True),
        "next": [task for task in tasks if own.tasks[task.slug] == State.NEXT],
        "total": len(tasks),
        "courses": [
            selectors.completion(course, progress, read, [one for one in owned if one.course_slug == course.slug])
            for course in courses
        ],
        "certificates": owned,
    }


def _attempts(user: AbstractUser) -> dict[uuid.UUID, dict[str, Any]]:
    """Return when each task was first accepted and last handed in, and the best score, by task id.

    Days beside the times, because templates turn each time into local time first: a third of this page's own time.
    """
    runs = GradingRun.objects.filter(submission__user_id=user.pk).exclude(verdict=Verdict.INTERNAL_ERROR)
    rows = (
        runs.order_by()
        .values("submission__task_id")
        .annotate(
            passed=Min("finished", filter=Q(verdict=Verdict.ACCEPTED)),
            latest=Max("submission__created"),
            score=Max("score"),
        )
    )
    return {
        row["submission__task_id"]: row
        | {"passed_on": row["passed"] and row["passed"].date(), "latest_on": row["latest"].date()}
        for row in rows
    }


def certificate_page(certificate: CourseCertificate, visitor: Visitor, address: str) -> dict[str, Any]:
    """Return what the page of a certificate shows to everybody, and to its owner besides."""
    slugs = [task["slug"] for task in certificate.tasks]
    taught = set(Task.objects.filter(slug__in=slugs, is_published=True).values_list("slug", flat=True))
    return {
        "certificate": certificate,
        "tasks": [
            task | {"backend": Backend(task["backend"]).label, "is_taught": task["slug"] in taught}
            for task in certificate.tasks
        ],
        "address": address,
        "qr": qr_path(address),
        "public_key": certificates.signer_of(certificates.content_of(certificate), certificate.signature),
        "is_owner": visitor.is_authenticated and certificate.user_id == visitor.pk,
    }
