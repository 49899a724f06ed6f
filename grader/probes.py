"""/healthz and /readyz, for a supervisor, a load balancer and an operator."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from grader.health import readiness


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Say of each part whether it works and, if not, why: 200 if all do, 503 otherwise."""
    parts = readiness()
    ready = all(part.ok for part in parts.values())
    return JsonResponse({name: part.as_dict() for name, part in parts.items()}, status=200 if ready else 503)
