"""Traces: nothing of OpenTelemetry unless they are wanted, a sentence where they cannot be had, and what they hold."""

import json
import os
import subprocess
import sys

from django.conf import settings

from lms import tracing

WANTED = {tracing.ENDPOINT: "http://localhost:4318"}
# redis-py looks for OpenTelemetry's metrics by itself; what makes and sends traces is ours to import.
OURS = r"opentelemetry\.(sdk\.trace|exporter|instrumentation)"
COUNT = f"import sys, re; print([name for name in sys.modules if re.match({OURS!r}, name)])"
NOT_INSTALLED = "import sys; sys.modules['opentelemetry'] = None; "
SPANS = """
import json
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from lms import tracing
spans = InMemorySpanExporter()
tracing.trace_with(SimpleSpanProcessor(spans))
import django
django.setup()
from celery import shared_task
from django.test import Client
@shared_task(name="grader.jobs.nothing")
def nothing(): pass
Client().get("/healthz?token=of-somebody")
nothing.apply()
print(json.dumps([[span.name, dict(span.attributes)] for span in spans.get_finished_spans()]))
"""


def python(program, **environment):
    paths = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{settings.BASE_DIR}:{settings.BASE_DIR / 'platform'}"}
    paths |= {"DJANGO_SETTINGS_MODULE": "lms.settings", "ALLOWED_HOSTS": "testserver"}
    command = [sys.executable, "-W", "error::ImportWarning", "-c", program]
    return subprocess.run(command, env=paths | environment, capture_output=True, text=True, check=False)


def test_unless_wanted_nothing_is_imported():
    started = python(f"import lms.wsgi, lms.celery_app; lms.celery_app.trace_jobs(); {COUNT}")
    assert started.stdout == "[]\n", started.stderr


def test_where_the_packages_are_missing_the_check_says_so_and_nothing_starts():
    check = "import django; django.setup(); from django.core.management import call_command; call_command('check')"
    refused = python(NOT_INSTALLED + check, **WANTED)
    assert "(lms.E004) OTEL_EXPORTER_OTLP_ENDPOINT is set, but opentelemetry-sdk, " in refused.stderr
    assert "HINT: Install the extra `otel` (pip install opentelemetry-sdk " in refused.stderr
    started = python(NOT_INSTALLED + "import lms.wsgi", **WANTED)
    assert started.stderr.splitlines()[-1].startswith("django.core.exceptions.ImproperlyConfigured: OTEL_")


def test_requests_and_jobs_are_spans_without_queries():
    traced = python(SPANS)
    assert traced.returncode == 0, traced.stderr
    spans = dict(json.loads(traced.stdout))
    assert set(spans) == {"GET healthz", "run/grader.jobs.nothing"}
    assert spans["GET healthz"]["http.url"] == "/healthz"
    assert "of-somebody" not in traced.stdout


def test_with_the_packages_there_is_no_problem(monkeypatch):
    monkeypatch.setenv(*next(iter(WANTED.items())))
    assert tracing.problem() == ""
