"""X-Request-ID in every answer and in every line that is logged on the way to it."""

import importlib
import io
import json
import logging
import re
import threading
from contextlib import contextmanager

import pytest

from lms import logs
from tests.lms.test_asgi import ask

pytestmark = pytest.mark.django_db(transaction=True)

MADE = r"[0-9a-f]{32}"


@pytest.fixture
def lines():
    """What is logged, each line with the id of its request, as settings.LOGGING has it."""
    importlib.import_module("lms.asgi")  # which sets up Django, and with it logging, anew
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    with logged_to(handler, "json"):
        yield lambda: ["{request_id} {logger}".format(**each) for each in parsed(written)]


@contextmanager
def logged_to(handler, form):
    """Have `handler` write what is logged, as LOG_FORMAT says."""
    formatter = dict(logs.configuration(form, "INFO")["formatters"]["line"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    root = logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)


def parsed(written):
    return [{"request_id": "-", **json.loads(line)} for line in written.getvalue().splitlines()]


def test_an_id_that_can_be_used_is_kept(client):
    assert client.get("/healthz", HTTP_X_REQUEST_ID="cli-1.2_a").headers["X-Request-ID"] == "cli-1.2_a"


@pytest.mark.parametrize("sent", ["", "x" * 65, "two words", "ü", "a\nb"])
def test_any_other_id_is_replaced(client, sent):
    assert re.fullmatch(MADE, client.get("/healthz", HTTP_X_REQUEST_ID=sent).headers["X-Request-ID"])


@pytest.mark.parametrize("path", ["/healthz", "/nothing/here/", "/accounts/login/", "/api/nothing/"])
def test_every_answer_has_an_id_of_its_own(client, path):
    first, second = (client.get(path).headers["X-Request-ID"] for _ in range(2))
    assert re.fullmatch(MADE, first)
    assert first != second


def test_a_host_that_is_not_ours_gets_an_id_too(client):
    response = client.get("/", HTTP_HOST="evil.example.org")
    assert (response.status_code, response.headers["X-Request-ID"] != "") == (400, True)


def test_what_django_logs_of_an_answer_bears_its_id(client, lines):
    client.get("/nothing/here/", HTTP_X_REQUEST_ID="lost")
    assert lines() == ["lost django.request"]


def test_the_threads_of_the_server_each_log_their_own_request(lines):
    asked = [f"request-{number}" for number in range(8)]

    def get(name):
        assert ask("/nothing/here/", headers=[(b"x-request-id", name.encode())])[1]["x-request-id"] == name

    threads = [threading.Thread(target=get, args=[name]) for name in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(lines()) == [f"{name} django.request" for name in asked]


def test_an_event_stream_has_one(lines):
    headers = [(b"x-request-id", b"stream")]
    assert (
        ask("/events/submissions/8f9c1a54-0000-4000-8000-000000000000/", headers=headers)[1]["x-request-id"] == "stream"
    )
    assert lines() == ["stream django.request"]


def test_outside_of_a_request_there_is_none(lines):
    thread = threading.Thread(target=lambda: logging.getLogger("elsewhere").warning("told"))
    thread.start()
    thread.join()
    assert lines() == ["- elsewhere"]
