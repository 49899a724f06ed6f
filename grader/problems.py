"""Errors of the API: application/problem+json (RFC 9457), for every error and every address under /api/."""

import logging
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from redis.exceptions import RedisError
from rest_framework import exceptions, status
from rest_framework.fields import get_error_detail
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from grader.api.parsers import PayloadTooLarge
from grader.api.throttles import AddressThrottle
from grader.persistence import AWAY
from grader.runs import RunNotFoundError, TooManyRunsError
from grader.services import FullError, QueueFullError, QueueUnavailableError
from grader.watches import WatchNotFoundError

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER_S = 5  # what is away for a moment may be back then
OUR_FAULT = "The server failed. It is our fault and has been logged; nothing you sent was at fault."
DATABASE_AWAY = "The database does not answer at the moment. Try again in a few seconds."
logger = logging.getLogger(__name__)


class Conflict(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT


class ServiceUnavailable(exceptions.APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    wait = RETRY_AFTER_S  # rest_framework makes it Retry-After


class QueueFull(ServiceUnavailable):
    wait = 30


def problem(code: int, detail: str, **extra: Any) -> dict[str, Any]:
    """Return the body of a problem; `title` is the phrase of the status code."""
    return {"type": "about:blank", "title": HTTPStatus(code).phrase, "status": code, "detail": detail, **extra}


def problem_json(code: int, detail: str, **extra: Any) -> JsonResponse:
    """Return a problem from a view that is not part of the REST framework."""
    headers = {"Retry-After": str(RETRY_AFTER_S)} if code == status.HTTP_503_SERVICE_UNAVAILABLE else {}
    return JsonResponse(problem(code, detail, **extra), status=code, content_type=CONTENT_TYPE, headers=headers)


@csrf_exempt
def no_such_address(request: HttpRequest) -> JsonResponse:
    """Answer for every unknown address under /api/."""
    detail = f"There is nothing at {request.path}. The API is described at /api/docs/."
    if not request.path.endswith("/"):
        detail = f"There is nothing at {request.path}: addresses end with a slash. Try {request.path}/"
    return problem_json(404, detail)


def problem_response(error: Exception, context: dict[str, Any]) -> Response:
    """Turn any exception of a view into a problem: rest_framework's EXCEPTION_HANDLER."""
    request = context["request"]
    error = _throttled(_as_api_exception(error, request.path), context)
    # also where a view writes YAML
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), CONTENT_TYPE
    response = exception_handler(error, context)
    if response is None:
        set_rollback()
        logger.error("%s failed", request.path, exc_info=error)
        return Response(problem(500, OUR_FAULT), status=500, content_type=CONTENT_TYPE)
    response.data = _problem_of(error, response, context["view"])
    response.content_type = CONTENT_TYPE
    return response


ANSWERS: dict[type[Exception], type[exceptions.APIException]] = {
    FullError: Conflict,
    RunNotFoundError: exceptions.NotFound,
    TooManyRunsError: Conflict,
    WatchNotFoundError: exceptions.NotFound,
    QueueFullError: QueueFull,
}


def _as_api_exception(error: Exception, path: str) -> Exception:
    """Give an error of ours its status code; every other one stays as it is."""
    for kind, answer in ANSWERS.items():
        if isinstance(error, kind):
            return answer(str(error))
    if isinstance(error, DjangoValidationError):
        return exceptions.ValidationError(get_error_detail(error))
    if isinstance(error, Http404):  # its words name a class of ours: "No Task matches the given query."
        return exceptions.NotFound(f"There is nothing at {path} that you may see. Look whether the address is right.")
    if isinstance(error, RequestDataTooBig):
        return PayloadTooLarge(f"The request body is larger than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,} bytes.")
    if away := _what_is_away(error):
        return ServiceUnavailable(away)
    return error


def _what_is_away(error: Exception) -> str:
    """Return the sentence for a part that cannot take anything at the moment; "" for any other error."""
    if isinstance(error, QueueUnavailableError):
        return str(error)
    if isinstance(error, RedisError):
        return "The queue does not answer at the moment. Try again in a few seconds."
    if isinstance(error, AWAY):
        logger.error("The database does not answer.", exc_info=error)
        return DATABASE_AWAY
    return ""


def _throttled(error: Exception, context: dict[str, Any]) -> Exception:
    """Count who is turned away at the door in the quota of the address: no view's throttle has seen them."""
    if not isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return error
    throttle = AddressThrottle()
    return (
        error if throttle.allow_request(context["request"], context["view"]) else exceptions.Throttled(throttle.wait())
    )


def _problem_of(error: Exception, response: Response, view: Any) -> dict[str, Any]:
    code = response.status_code
    if isinstance(error, exceptions.ValidationError):
        errors = _flatten(error.detail)
        return problem(code, errors[0]["detail"] if len(errors) == 1 else "The request is not valid.", errors=errors)
    if isinstance(error, exceptions.Throttled):
        wait = f" Try again in {response.headers['Retry-After']} s." if "Retry-After" in response.headers else ""
        return problem(code, f"Too many requests in a short time.{wait}")
    if isinstance(error, exceptions.NotAuthenticated):
        return problem(code, "Sign in, or send a token in the header “Authorization: Token ...”.")
    return problem(code, _what_is_possible(view, code) or str(response.data["detail"]))


def _what_is_possible(view: Any, code: int) -> str:
    """Return what can be asked of the view where something else was; "" for other errors."""
    request = view.request
    if code == status.HTTP_405_METHOD_NOT_ALLOWED:
        return f"{request.method} is not possible at {request.path}. Possible: {', '.join(view.allowed_methods)}."
    if code == status.HTTP_406_NOT_ACCEPTABLE:
        written = " or ".join(dict.fromkeys(renderer.media_type for renderer in view.get_renderers()))
        return f"What is here comes as {written}. The header Accept leaves that out."
    if code == status.HTTP_415_UNSUPPORTED_MEDIA_TYPE:
        read = " or ".join(parser.media_type for parser in view.get_parsers())
        return f"A body is read as {read}. The header Content-Type says “{request.content_type}”."
    return ""


def _flatten(detail: Any, pointer: str = "#") -> list[dict[str, str]]:
    """Return [{"pointer": "#/source", "detail": "..."}] from rest_framework's nested lists and dictionaries."""
    if isinstance(detail, dict):
        keyed = ((f"{pointer}/{key}" if key != "non_field_errors" else pointer, item) for key, item in detail.items())
        return [entry for key, item in keyed for entry in _flatten(item, key)]
    if isinstance(detail, list):
        return [entry for item in detail for entry in _flatten(item, pointer)]
    return [{"pointer": pointer, "detail": str(detail)}]
