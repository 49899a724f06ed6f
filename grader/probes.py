"""/healthz and /readyz, for a supervisor, a load balancer and an operator."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from rest_framework.exceptions import AuthenticationFailed

from grader.api.authentication import TokenAuthentication
from grader.api.permissions import allowed_scopes
from grader.api.scopes import Scope
from grader.health import PartHealth, readiness


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say of each part whether it works: 200 if all do, 503 otherwise; to staff also why not, and of each worker."""
    parts = readiness()
    ready = all(part.ok for part in parts.values())
    may_see_all = parts["database"].ok and _is_staff(request)  # without a database nobody knows who asks
    told = {name: part.as_dict() if may_see_all else _word_alone(part) for name, part in parts.items()}
    return JsonResponse(told, status=200 if ready else 503)


def _word_alone(part: PartHealth) -> dict[str, str]:
    return {"state": part.as_dict()["state"]}


def _is_staff(request: HttpRequest) -> bool:
    """Tell whether a session of staff asks, or a token of theirs with the scope `staff`."""
    try:
        found = TokenAuthentication().authenticate(request)
    except AuthenticationFailed:
        return False
    if found:
        request.user, request.auth = found  # type: ignore[attr-defined]  # as rest_framework leaves it on a request
    return request.user.is_staff and Scope.STAFF in allowed_scopes(request)
