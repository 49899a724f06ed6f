"""Free runs: of the shown cases, or of a learner's own input. Nothing is recorded."""

import uuid

from django.core.exceptions import ValidationError as DjangoValidationError
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from grader import selectors, services
from grader.api import examples
from grader.api.idempotency import idempotent
from grader.api.resources import OneResource, Resource
from grader.api.schema import problems
from grader.api.scopes import Scope
from grader.api.serializers import runs as serializers
from grader.api.throttles import RunThrottle
from grader.api.views.submissions import RETRY_AFTER_S
from grader.learner import learner_of
from grader.models import Submission

OWN_INPUT = "input."  # as services.run_start names the field of an input


class RunsView(Resource):
    scopes = {"POST": Scope.SUBMIT}
    throttle_classes = [RunThrottle]

    @extend_schema(
        summary="Run a source on the shown cases, or on inputs of your own",
        description="Answers at once. Ask for `Location` until `status` is `graded`, waiting `Retry-After` seconds. "
        "Nothing is recorded: a run is kept for ten minutes. 409 while three of yours are not done.",
        request=serializers.RunRequestSerializer,
        responses={202: serializers.RunCreatedSerializer, **problems(409, 422)},
        examples=[
            OpenApiExample("The shown cases", examples.SUBMISSION_REQUEST, request_only=True),
            OpenApiExample("Inputs of one's own", examples.OWN_RUN_REQUEST, request_only=True),
            OpenApiExample("Queued", examples.RUN_CREATED, response_only=True, status_codes=["202"]),
        ],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        asked = serializers.RunRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            run = services.run_start(user=learner_of(request), **asked.validated_data)
        except DjangoValidationError as error:
            raise _by_input(error) from error
        body = serializers.RunCreatedSerializer(run, context={"request": request}).data
        return Response(body, status=202, headers={"Location": body["url"], "Retry-After": str(RETRY_AFTER_S)})


def _by_input(error: DjangoValidationError) -> exceptions.ValidationError:
    """Return the error with what is wrong with an input where the request has it: below `inputs`."""
    fields = error.message_dict
    inputs = {name.removeprefix(OWN_INPUT): fields.pop(name) for name in list(fields) if name.startswith(OWN_INPUT)}
    return exceptions.ValidationError(fields | ({"inputs": inputs} if inputs else {}))


@extend_schema(
    summary="Read one of your runs",
    description="`Retry-After` says when to ask again until it is graded.",
    responses={200: serializers.RunSerializer},
)
class RunView(OneResource[Submission]):  # no model: a run lives in the broker
    scopes = {"GET": (Scope.SUBMIT, Scope.READ)}
    serializer_class = serializers.RunSerializer
    queryset = Submission.objects.none()

    def get(self, request: Request, pk: uuid.UUID) -> Response:
        run = selectors.run_get(learner_of(request), str(pk))
        headers = None if run.status == "graded" else {"Retry-After": str(RETRY_AFTER_S)}
        return Response(self.get_serializer(run).data, headers=headers)
