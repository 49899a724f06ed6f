"""What staff may: read anybody's submissions, have them graded again, see what certification found."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.permissions import BasePermission, IsAdminUser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from courses.models import Task
from courses.selectors import task_pages
from grader import selectors, services
from grader.api.filters import Filters, StaffSubmissionFilter
from grader.api.idempotency import idempotent
from grader.api.pages import LargePages, NewestFirst
from grader.api.resources import ListResource, OneResource, Resource
from grader.api.schema import problems
from grader.api.scopes import Scope
from grader.api.serializers import staff as serializers
from grader.api.views.submissions import RETRY_AFTER_S, waiting_or_graded
from grader.certified import certification_of
from grader.models import Submission
from grader.problems import Conflict

NO_SUBMISSION = "There is no such submission. /api/v1/staff/submissions/ lists all of them."


class NotGradedYet(Conflict):
    default_detail = "This submission is not graded yet: it cannot be graded again before its verdict is there."


class IsStaff(IsAdminUser):
    message = "Only staff may do this: ask an administrator for the role if you need it."


class _MayDoAsStaff(IsStaff):
    permission = ""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and request.user.has_perm(self.permission)


class MayReadSubmissions(_MayDoAsStaff):
    permission = "grader.view_submission"
    message = "Only staff with the permission grader.view_submission, such as instructors, may read all submissions."


class MayRegrade(_MayDoAsStaff):
    permission = "grader.regrade_submission"
    message = "Only staff with the permission grader.regrade_submission, such as instructors, may regrade."


def _besides(*permissions: type[BasePermission]) -> list[Any]:
    """Return these permissions besides those that every resource asks for."""
    return [*api_settings.DEFAULT_PERMISSION_CLASSES, *permissions]


@extend_schema(summary="List everybody's submissions, newest first")
class StaffSubmissionsView(ListResource[Submission]):
    scopes = {"GET": Scope.STAFF}
    permission_classes = _besides(MayReadSubmissions)
    serializer_class = serializers.StaffSubmissionSerializer
    pagination_class = NewestFirst
    filter_backends = [Filters]
    filterset_class = StaffSubmissionFilter
    queryset = selectors.history_of_all()


@extend_schema(summary="Read anybody's submission")
class StaffSubmissionView(OneResource[Submission]):
    scopes = {"GET": Scope.STAFF}
    permission_classes = _besides(MayReadSubmissions)
    serializer_class = serializers.StaffSubmissionDetailSerializer
    missing = NO_SUBMISSION
    queryset = selectors.with_grading_runs(selectors.submissions_of_all())

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002 -- rest_framework's signature
        submission = self.get_object()
        return waiting_or_graded(submission, self.get_serializer(submission).data)


class StaffRegradeView(Resource):
    scopes = {"POST": Scope.STAFF}
    permission_classes = _besides(MayReadSubmissions, MayRegrade)

    @extend_schema(
        summary="Have a submission graded once more",
        description="Adds a grading run; the earlier ones stay. Ask for `Location` until `status` is `graded`.",
        request=None,
        responses={202: serializers.StaffRegradeSerializer, **problems(409, 422)},
    )
    @idempotent
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        submission = selectors.submissions_of_all().filter(pk=pk).first()
        if submission is None:
            raise exceptions.NotFound(NO_SUBMISSION)
        if not services.regrade(submission):
            raise NotGradedYet
        submission.refresh_from_db(fields=["status"])
        body = serializers.StaffRegradeSerializer(submission, context={"request": request}).data
        return Response(body, status=202, headers={"Location": body["url"], "Retry-After": str(RETRY_AFTER_S)})


@extend_schema(
    summary="List what certification found out about the tasks",
    description="What `make certify` recorded: how many right answers are accepted, how many wrong ones are rejected.",
    responses=serializers.CertificationSerializer(many=True),
)
class CertificationView(ListResource[Task]):
    scopes = {"GET": Scope.STAFF}
    permission_classes = _besides(IsStaff)
    serializer_class = serializers.CertificationSerializer
    pagination_class = LargePages
    queryset = task_pages()

    def get_serializer(self, tasks: list[Task], **kwargs: Any) -> Any:
        return super().get_serializer(certification_of(tasks), **kwargs)
