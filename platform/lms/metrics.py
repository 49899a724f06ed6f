"""/metrics: what Prometheus reads, for whoever has METRICS_TOKEN; and how long requests take, counted on their way.

Requests are all that is counted in the web server's processes: gunicorn's share their counts in files
(deploy/gunicorn.conf.py). All else is grader.monitoring's.
"""

import os
import time
from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.decorators import sync_and_async_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from grader.monitoring.collector import GradingCollector

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
SHARED = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name for the folder of the files
# What the address of a view begins with, and what its requests are counted as. All other views are pages.
GROUPS = {"api": "api", "admin": "admin", "accounts": "accounts", "events": "events"}
PROBES = {"healthz", "readyz", "metrics"}
STARTS = ("submit/", "run/", "watch/start/")  # what starts something in the jail, where a learner waits for the answer

_of_requests = CollectorRegistry()
_seconds = Histogram(
    "baremath_http_request_seconds",
    "How long the answer to a request took.",
    ["view", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0),
    registry=_of_requests,
)
_of_grading = CollectorRegistry()
_of_grading.register(GradingCollector())


@sync_and_async_middleware
def request_times(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    if iscoroutinefunction(get_response):

        async def on_loop(request: HttpRequest) -> HttpResponseBase:
            began = time.perf_counter()
            return _counted(request, await get_response(request), began)

        return on_loop

    def in_thread(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        return _counted(request, get_response(request), began)

    return in_thread


def _counted(request: HttpRequest, response: HttpResponseBase, began: float) -> HttpResponseBase:
    method = request.method if request.method in METHODS else "other"
    status = f"{response.status_code // 100}xx"
    _seconds.labels(view_group(request), method, status).observe(time.perf_counter() - began)
    return response


def view_group(request: HttpRequest) -> str:
    """Return what a request is counted as: one of a few words, whatever was asked for."""
    match = request.resolver_match
    if match is None:
        return "static" if request.path.startswith(settings.STATIC_URL) else "none"
    if match.route.endswith(STARTS):
        return "start"
    first = match.route.lstrip("^").partition("/")[0]
    return "probes" if first in PROBES else GROUPS.get(first, "pages")


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus; nobody else is told that there is anything."""
    if not settings.METRICS_TOKEN:
        return HttpResponse(status=404)
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(generate_latest(_requests()) + generate_latest(_of_grading), content_type=CONTENT_TYPE_LATEST)


def _requests() -> CollectorRegistry:
    if SHARED not in os.environ:
        return _of_requests
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
