"""Errors of the API: application/problem+json (RFC 9457), for every error and every address under /api/."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from redis.exceptions import RedisError
from rest_framework import exceptions, status
from rest_framework.fields import get_error_detail
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from grader.runs import RunNotFoundError
from grader.services import QueueUnavailableError
from grader.watches import WatchNotFoundError

CONTENT_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)


class PayloadTooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The request body is too large."


class ServiceUnavailable(exceptions.APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE


def problem(code: int, detail: str, **extra: Any) -> dict[str, Any]:
    """Return the body of a problem; `title` is the phrase of the status code."""
    return {"type": "about:blank", "title": HTTPStatus(code).phrase, "status": code, "detail": detail, **extra}


def problem_json(code: int, detail: str, **extra: Any) -> JsonResponse:
    """Return a problem from a view that is not part of the REST framework."""
    return JsonResponse(problem(code, detail, **extra), status=code, content_type=CONTENT_TYPE)


@csrf_exempt
def no_such_address(request: HttpRequest) -> JsonResponse:
    """Answer for every unknown address under /api/."""
    detail = f"There is nothing at {request.path}. The API is described at /api/docs/."
    if not request.path.endswith("/"):
        detail = f"There is nothing at {request.path}: addresses end with a slash. Try {request.path}/"
    return problem_json(404, detail)


def problem_response(error: Exception, context: dict[str, Any]) -> Response:
    """Turn any exception of a view into a problem: rest_framework's EXCEPTION_HANDLER."""
    error = _as_api_exception(error, context["request"].path)
    response = exception_handler(error, context)
    if response is None:
        set_rollback()
        logger.error("%s failed", context["request"].path, exc_info=error)
        body = problem(500, "The server failed. It is our fault and has been logged; nothing you sent was at fault.")
        return Response(body, status=500, content_type=CONTENT_TYPE)
    response.data = _problem_of(error, response)
    response.content_type = CONTENT_TYPE
    return response


def _as_api_exception(error: Exception, path: str) -> Exception:
    """Give an error of ours its status code; every other one stays as it is."""
    if isinstance(error, DjangoValidationError):
        return exceptions.ValidationError(get_error_detail(error))
    if isinstance(error, Http404):  # its words name a class of ours: "No Task matches the given query."
        return exceptions.NotFound(f"There is nothing at {path} that you may see. Look whether the address is right.")
    if isinstance(error, RunNotFoundError | WatchNotFoundError):
        return exceptions.NotFound(str(error))
    if isinstance(error, QueueUnavailableError):
        return ServiceUnavailable(str(error))
    if isinstance(error, RedisError):
        return ServiceUnavailable("The queue does not answer at the moment. Try again in a few seconds.")
    return error


def _problem_of(error: Exception, response: Response) -> dict[str, Any]:
    code = response.status_code
    if isinstance(error, exceptions.ValidationError):
        errors = _flatten(error.detail)
        return problem(code, errors[0]["detail"] if len(errors) == 1 else "The request is not valid.", errors=errors)
    if isinstance(error, exceptions.Throttled):
        wait = f" Try again in {response.headers['Retry-After']} s." if "Retry-After" in response.headers else ""
        return problem(code, f"Too many requests in a short time.{wait}")
    if isinstance(error, exceptions.NotAuthenticated):
        return problem(code, "Sign in, or send a token in the header “Authorization: Token ...”.")
    return problem(code, str(response.data["detail"]))


def _flatten(detail: Any, pointer: str = "#") -> list[dict[str, str]]:
    """Return [{"pointer": "#/source", "detail": "..."}] from rest_framework's nested lists and dictionaries."""
    if isinstance(detail, dict):
        keyed = ((f"{pointer}/{key}" if key != "non_field_errors" else pointer, item) for key, item in detail.items())
        return [entry for key, item in keyed for entry in _flatten(item, key)]
    if isinstance(detail, list):
        return [entry for item in detail for entry in _flatten(item, pointer)]
    return [{"pointer": pointer, "detail": str(detail)}]
