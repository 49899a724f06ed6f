"""A learner's own submissions and their grading runs."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import exceptions, generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from grader import selectors, services
from grader.api import examples
from grader.api.filters import Filters, SubmissionFilter
from grader.api.idempotency import idempotent
from grader.api.pages import NewestFirst, Pages
from grader.api.resources import ListResource, OneResource, Resource
from grader.api.schema import problems
from grader.api.scopes import Scope
from grader.api.serializers import submissions as serializers
from grader.api.throttles import SubmitThrottle
from grader.learner import learner_of
from grader.models import GradingRun, Submission

RETRY_AFTER_S = 1
NO_SUBMISSION = "There is no such submission among yours. /api/v1/submissions/ lists them."
PYTHON = "text/x-python"


class LatestRunFirst(Pages):
    ordering = ("-number",)


class SubmissionsView(ListResource[Submission]):
    scopes = {"GET": Scope.READ, "POST": Scope.SUBMIT}
    serializer_class = serializers.SubmissionSerializer
    pagination_class = NewestFirst
    filter_backends = [Filters]
    filterset_class = SubmissionFilter
    queryset = Submission.objects.none()

    def get_queryset(self) -> QuerySet[Submission]:
        return selectors.submission_history(learner_of(self.request))

    def get_throttles(self) -> list[BaseThrottle]:
        return [SubmitThrottle()] if self.request.method == "POST" else super().get_throttles()

    @extend_schema(
        summary="List your submissions, newest first",
        examples=[OpenApiExample("A graded one", examples.SUBMISSION, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Submit a source to be graded",
        description="Answers at once. Ask for `Location` until `status` is `graded`, waiting `Retry-After` seconds.",
        request=serializers.SubmissionRequestSerializer,
        responses={202: serializers.SubmissionCreatedSerializer, **problems(422)},
        examples=[
            OpenApiExample("A mean squared error", examples.SUBMISSION_REQUEST, request_only=True),
            OpenApiExample("Queued", examples.SUBMISSION_CREATED, response_only=True, status_codes=["202"]),
        ],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        asked = serializers.SubmissionRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        submission = services.submit(user=learner_of(request), **asked.validated_data)
        body = serializers.SubmissionCreatedSerializer(submission, context=self.get_serializer_context()).data
        return Response(body, status=202, headers={"Location": body["url"], "Retry-After": str(RETRY_AFTER_S)})


class _OwnSubmission(OneResource[Submission]):
    scopes = {"GET": Scope.READ}
    missing = NO_SUBMISSION
    queryset = Submission.objects.none()

    def get_queryset(self) -> QuerySet[Submission]:
        return selectors.submission_list(learner_of(self.request))


def waiting_or_graded(submission: Submission, body: Any) -> Response:
    """Answer with a submission, and when to ask again while it is not graded."""
    waits = submission.status != Submission.Status.GRADED
    return Response(body, headers={"Retry-After": str(RETRY_AFTER_S)} if waits else None)


@extend_schema(
    summary="Read one of your submissions",
    description="With the feedback of its latest grading run. `Retry-After` says when to ask again until it is graded.",
)
class SubmissionView(_OwnSubmission):
    serializer_class = serializers.SubmissionDetailSerializer

    def get_queryset(self) -> QuerySet[Submission]:
        return selectors.with_grading_runs(super().get_queryset())

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002 -- rest_framework's signature
        submission = self.get_object()
        return waiting_or_graded(submission, self.get_serializer(submission).data)


@extend_schema(
    summary="Read the source of one of your submissions",
    description="As it was graded: line ends are those of Unix.",
    responses={(200, PYTHON): OpenApiTypes.STR},
)
class SubmissionSourceView(_OwnSubmission):
    serializer_class = serializers.SubmissionSerializer
    has_fields = False

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 -- rest_framework's signature
        """Errors are problems whatever is accepted; the source is no rendering of anything."""
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]  # noqa: ARG002 -- not JSON; rest_framework's signature
        return HttpResponse(self.get_object().source, content_type=f"{PYTHON}; charset=utf-8")


class _GradingRuns(Resource, generics.GenericAPIView[GradingRun]):
    scopes = {"GET": Scope.READ}
    queryset = GradingRun.objects.none()

    def get_queryset(self) -> QuerySet[GradingRun]:
        try:
            submission = selectors.submission_history(learner_of(self.request)).get(pk=self.kwargs["pk"])
        except Submission.DoesNotExist:
            raise exceptions.NotFound(NO_SUBMISSION) from None
        return submission.runs.all()


@extend_schema(
    summary="List the grading runs of one of your submissions",
    description="The latest first. A regrade adds one; none is ever changed.",
)
class SubmissionRunsView(_GradingRuns, ListResource[GradingRun]):
    serializer_class = serializers.GradingRunLinkSerializer
    pagination_class = LatestRunFirst

    def get_queryset(self) -> QuerySet[GradingRun]:
        return super().get_queryset().defer("result")


@extend_schema(summary="Read one grading run", description="A verdict with the whole feedback that was given.")
class SubmissionRunView(_GradingRuns, OneResource[GradingRun]):
    serializer_class = serializers.GradingRunDetailSerializer
    lookup_field = "number"
    missing = "This submission has no such grading run. Its list of runs has their numbers."
