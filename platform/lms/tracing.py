"""Traces of requests and jobs, for the collector that OTEL_EXPORTER_OTLP_ENDPOINT names; else nothing is imported.

OpenTelemetry's packages are the extra `otel` of pyproject.toml, and its own variables set the rest.
"""

import importlib.util
import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from lms.logs import HIDDEN, SECRET_TEXTS

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
PACKAGES = {
    "opentelemetry-sdk": "opentelemetry.sdk",
    "opentelemetry-exporter-otlp-proto-http": "opentelemetry.exporter.otlp.proto.http",
    "opentelemetry-instrumentation-django": "opentelemetry.instrumentation.django",
    "opentelemetry-instrumentation-celery": "opentelemetry.instrumentation.celery",
}
REMEDY = f"Install the extra `otel` (pip install {' '.join(PACKAGES)}), or unset it."


def problem() -> str:
    """Return why no traces can be sent although they are wanted; "" if they can, or are not."""
    if not os.environ.get(ENDPOINT):
        return ""
    missing = [package for package, module in PACKAGES.items() if not _is_there(module)]
    return f"{ENDPOINT} is set, but {', '.join(missing)} cannot be imported." if missing else ""


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # not even what it would be in
        return False


def start() -> None:
    """Begin to trace this process, if that is wanted: before Django's handler is made, and after a worker's fork."""
    if not os.environ.get(ENDPOINT):
        return
    if reason := problem():
        raise ImproperlyConfigured(f"{reason} {REMEDY}")
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    trace_with(BatchSpanProcessor(OTLPSpanExporter()))


def trace_with(processor: Any) -> None:
    """Hand every span of requests and jobs to `processor`."""
    from opentelemetry import trace
    from opentelemetry.instrumentation.celery import CeleryInstrumentor
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    provider = TracerProvider(
        resource=Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", "baremath")})
    )
    provider.add_span_processor(processor)
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument(request_hook=_without_query)
    CeleryInstrumentor().instrument()


def _without_query(span: Any, request: Any) -> None:
    """Keep queries, and keys that are part of an address, out of the traces."""
    path = SECRET_TEXTS.sub(HIDDEN, request.path)
    for name in ("http.url", "http.target", "url.full", "url.path"):
        if name in span.attributes:
            span.set_attribute(name, path)
    if "url.query" in span.attributes:
        span.set_attribute("url.query", "")
