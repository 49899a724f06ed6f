"""The resources of /api/v1/: tasks, and a learner's own submissions."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from courses.models import Task
from courses.selectors import task_list
from grader import selectors, services
from grader.api import serializers
from grader.api.parsers import BoundedJSONParser
from grader.api.schema import PROBLEMS, problems
from grader.api.scopes import Scope
from grader.api.throttles import SubmitThrottle
from grader.learner import learner_of
from grader.models import Submission, Verdict

RETRY_AFTER_S = 1


class NewestFirst(CursorPagination):
    page_size = 20
    ordering = ("-created", "-id")


class SubmissionFilter(django_filters.FilterSet):  # type: ignore[misc]  # django_filters has no types
    task = django_filters.CharFilter("task__slug", label="Slug of a task")
    verdict = django_filters.ChoiceFilter(field_name="latest_run__verdict", choices=Verdict.choices)


class SubmissionsView(generics.ListAPIView[Submission]):
    scopes = {"GET": Scope.READ, "POST": Scope.SUBMIT}
    serializer_class = serializers.SubmissionSerializer
    parser_classes = [BoundedJSONParser]
    pagination_class = NewestFirst
    filter_backends = [DjangoFilterBackend]
    filterset_class = SubmissionFilter

    def get_queryset(self) -> QuerySet[Submission]:
        if getattr(self, "swagger_fake_view", False):
            return Submission.objects.none()
        return selectors.submission_list(learner_of(self.request))

    def get_throttles(self) -> list[BaseThrottle]:
        return [SubmitThrottle()] if self.request.method == "POST" else []

    @extend_schema(
        summary="List your submissions, newest first",
        responses={200: serializers.SubmissionSerializer(many=True), **PROBLEMS},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Submit a source to be graded",
        description="Answers at once. Ask for `Location` until `status` is `graded`, waiting `Retry-After` seconds.",
        request=serializers.SubmissionRequestSerializer,
        responses={202: serializers.SubmissionCreatedSerializer, **PROBLEMS, **problems(400, 413, 415, 429)},
    )
    def post(self, request: Request) -> Response:
        asked = serializers.SubmissionRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        submission = services.submit(user=learner_of(request), **asked.validated_data)
        body = serializers.SubmissionCreatedSerializer(submission, context=self.get_serializer_context()).data
        return Response(body, status=202, headers={"Location": body["url"], "Retry-After": str(RETRY_AFTER_S)})


@method_decorator(conditional_page, name="dispatch")
@extend_schema(
    summary="Read one of your submissions",
    responses={200: serializers.SubmissionDetailSerializer, **PROBLEMS, **problems(404)},
)
class SubmissionView(generics.RetrieveAPIView[Submission]):
    scopes = {"GET": Scope.READ}
    serializer_class = serializers.SubmissionDetailSerializer

    def get_queryset(self) -> QuerySet[Submission]:
        if getattr(self, "swagger_fake_view", False):
            return Submission.objects.none()
        return selectors.submission_list(learner_of(self.request)).prefetch_related("runs")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().retrieve(request, *args, **kwargs)
        if response.data["status"] != "graded":
            response["Retry-After"] = str(RETRY_AFTER_S)
        return response


@extend_schema(summary="List the tasks")
class TasksView(generics.ListAPIView[Task]):
    permission_classes = [AllowAny]
    serializer_class = serializers.TaskSerializer
    queryset = task_list()


@extend_schema(
    summary="Read a task: statement, starter, checks",
    responses={200: serializers.TaskDetailSerializer, **problems(404)},
)
class TaskView(generics.RetrieveAPIView[Task]):
    permission_classes = [AllowAny]
    serializer_class = serializers.TaskDetailSerializer
    queryset = task_list()
    lookup_field = "slug"
