"""What lists can be narrowed down by. A value that is not allowed is refused with what is."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django_filters.fields import ChoiceField
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.request import Request

from courses import selectors as catalogue
from courses.models import Course, Lesson, Task
from grader import selectors
from grader.api.serializers.submissions import STATUSES
from grader.models import Backend, Queue, Submission, Verdict

DIFFICULTIES = [(number, str(number)) for number in range(1, 6)]
# Databases turn times into UTC: the first and the last day leave room for that.
IN_REACH = [MinValueValidator(datetime(1, 1, 2, tzinfo=UTC)), MaxValueValidator(datetime(9999, 12, 30, tzinfo=UTC))]


class _OneOfField(ChoiceField):  # type: ignore[misc]  # django_filters has no types
    def validate(self, value: str) -> None:
        if value and not self.valid_value(value):
            allowed = [str(key) for key, _ in self.choices if key]
            raise forms.ValidationError(f"“{value}” is not allowed here: give one of {', '.join(allowed)}.")


class OneOf(django_filters.ChoiceFilter):  # type: ignore[misc]  # django_filters has no types
    field_class = _OneOfField


class Filters(DjangoFilterBackend):  # type: ignore[misc]  # django_filters has no types
    """Refuses a filter that is given without a value: django_filters would show everything."""

    def get_filterset_kwargs(self, request: Request, queryset: QuerySet[Any], view: Any) -> dict[str, Any]:
        names = [name for name in view.filterset_class.base_filters if request.query_params.get(name) == ""]
        if names:
            raise exceptions.ValidationError(dict.fromkeys(names, "It has no value: give one, or leave it away."))
        kwargs: dict[str, Any] = super().get_filterset_kwargs(request, queryset, view)
        return kwargs


def _named(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in dict.fromkeys(names)]


def _courses() -> list[tuple[str, str]]:
    return _named(Course.objects.values_list("slug", flat=True))


def _lessons() -> list[tuple[str, str]]:
    return _named(Lesson.objects.values_list("slug", flat=True))


def _tasks() -> list[tuple[str, str]]:
    return _named(Task.objects.values_list("slug", flat=True))


def _concepts() -> list[tuple[str, str]]:
    return _named(catalogue.concept_list())


class LessonFilter(django_filters.FilterSet):  # type: ignore[misc]  # django_filters has no types
    course = OneOf("course__slug", choices=_courses, label="Slug of a course.")


class TaskFilter(django_filters.FilterSet):  # type: ignore[misc]  # django_filters has no types
    course = OneOf("lesson__course__slug", choices=_courses, label="Slug of a course.")
    lesson = OneOf("lesson__slug", choices=_lessons, label="Slug of a lesson.")
    difficulty = OneOf(choices=DIFFICULTIES, label="From 1, the easiest, to 5.")
    concept = OneOf(choices=_concepts, method="filter_concept", label="One of the concepts of the tasks.")
    backend = OneOf(choices=Backend.choices, method="filter_backend", label="What the task can be solved in.")
    state = OneOf(
        choices=selectors.TaskState.choices,
        method="filter_state",
        label="How far you are with the task: needs a token.",
    )

    def filter_concept(self, tasks: QuerySet[Task], _name: str, value: str) -> QuerySet[Task]:
        return catalogue.tasks_having(tasks, "concepts", value)

    def filter_backend(self, tasks: QuerySet[Task], _name: str, value: str) -> QuerySet[Task]:
        return catalogue.tasks_having(tasks, "backends", value)

    def filter_state(self, tasks: QuerySet[Task], _name: str, value: str) -> QuerySet[Task]:
        if not self.request.user.is_authenticated:
            raise exceptions.NotAuthenticated
        return selectors.tasks_in_state(tasks, self.request.user, selectors.TaskState(value))


class SubmissionFilter(django_filters.FilterSet):  # type: ignore[misc]  # django_filters has no types
    task = OneOf("task__slug", choices=_tasks, label="Slug of a task.")
    verdict = OneOf("latest_run__verdict", choices=Verdict.choices, label="The latest verdict.")
    status = OneOf(choices=_named(STATUSES), method="filter_status", label="How far the grading is.")
    backend = OneOf(choices=Backend.choices, label="What it is written in.")
    created_after = django_filters.IsoDateTimeFilter(
        "created", lookup_expr="gte", validators=IN_REACH, label="From this time on (ISO 8601)."
    )
    created_before = django_filters.IsoDateTimeFilter(
        "created", lookup_expr="lt", validators=IN_REACH, label="Before this time (ISO 8601)."
    )

    def filter_status(self, submissions: QuerySet[Submission], _name: str, value: str) -> QuerySet[Submission]:
        return selectors.submissions_with_status(submissions, value)


class StaffSubmissionFilter(SubmissionFilter):
    user: Any = django_filters.CharFilter("user__username", label="Username of a learner.")
    queue = OneOf(choices=Queue.choices, label="Where it waits for its verdict, or waited last.")
