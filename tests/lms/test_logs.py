"""What a line of the logs holds, and what it never does."""

import io
import json
import logging
import re

import pytest
import structlog
from django.core.exceptions import ImproperlyConfigured

from lms import logs
from lms.environment import Environment
from tests.lms.test_request_ids import logged_to

pytestmark = pytest.mark.django_db

logger = logging.getLogger("tests.somewhere")


@pytest.fixture
def written(request):
    """What is logged meanwhile, in the form that the test's parameter names."""
    text = io.StringIO()
    structlog.contextvars.clear_contextvars()  # what the last request of another test left
    with logged_to(logging.StreamHandler(text), getattr(request, "param", "json")):
        yield text
    structlog.contextvars.clear_contextvars()


def lines(written):
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_line_is_one_json_object(written):
    logger.warning("It took %d s.\nThen it ended.", 3, extra={"submission_id": "one", "request": object()})
    [line] = lines(written)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", line.pop("timestamp"))
    expected = {"level": "warning", "logger": "tests.somewhere", "event": "It took 3 s.\nThen it ended."}
    assert line == expected | {"submission_id": "one"}


@pytest.mark.parametrize("written", ["console"], indirect=True)
def test_a_line_for_people_reads_as_one(written):
    structlog.contextvars.bind_contextvars(request_id="abc", attempt=2)
    logger.error("It failed.")
    assert re.fullmatch(
        r"[\d-]{10} [\d:.]+ ERROR tests\.somewhere \[abc\]: It failed\. attempt=2\n", written.getvalue()
    )


@pytest.mark.parametrize("written", logs.FORMATS, indirect=True)
def test_a_traceback_belongs_to_its_line(written):
    try:
        int("of ours")
    except ValueError:
        logger.exception("It failed.")
    assert "Traceback (most recent call last)" in written.getvalue()
    assert "ValueError: invalid literal" in written.getvalue()


def test_who_asked_is_named_by_number_once_it_is_known(client, learner, written):
    client.force_login(learner)
    client.get("/nothing/here/", headers={"X-Request-ID": "known"})  # the page greets its reader
    client.post("/healthz", headers={"X-Request-ID": "unknown"})  # which asks for nobody
    found = {line["request_id"]: line.get("user_id") for line in lines(written)}
    assert found == {"known": learner.pk, "unknown": None}
    assert "ada" not in written.getvalue()


@pytest.mark.parametrize(
    "name", ["password", "api_key", "Authorization", "csrfmiddlewaretoken", "session_key", "source"]
)
def test_a_field_with_the_name_of_a_secret_is_hidden(written, name):
    structlog.contextvars.bind_contextvars(**{name: "the secret"})
    logger.info("It happened.")
    assert [line[name] for line in lines(written)] == ["[hidden]"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("redis://user:s3cret@redis:6379/0 is away", "redis://[hidden]@redis:6379/0 is away"),
        ("Not Found: /accounts/confirm-email/MTp4:abc/", "Not Found: /accounts/confirm-email/[hidden]/"),
        ("Gone: /accounts/password/reset/key/1-abc/ x", "Gone: /accounts/password/reset/key/[hidden]/ x"),
        ("http://localhost:8000/tasks/one/", "http://localhost:8000/tasks/one/"),
    ],
)
def test_an_address_that_is_a_secret_is_hidden(written, text, shown):
    logger.info(text)
    assert [line["event"] for line in lines(written)] == [shown]


def test_a_format_that_is_not_known_is_named(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT=xml is not known: give console or json"):
        Environment().choice("LOG_FORMAT", logs.FORMATS)
