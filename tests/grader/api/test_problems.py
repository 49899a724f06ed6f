"""Every error under /api/ is a problem, whichever layer it comes from; elsewhere it is a page."""

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from grader.models import Submission
from grader.problems import DATABASE_AWAY, OUR_FAULT
from tests.grader.api.client import SUBMISSIONS, assert_problem, client_of
from tests.grader.conftest import SOURCE

pytestmark = pytest.mark.django_db

FIELDS = {"task": "mean-squared-error", "source": SOURCE, "backend": "numpy"}
TASKS = "/api/v1/tasks/"


@pytest.fixture
def api(learner, broker):
    return client_of(learner)


def failing(get_response):
    """Middleware that fails as a bug of ours would."""

    def fail(_request):
        raise ValueError("a secret")

    return fail


def doubting(get_response):
    """Middleware that answers every request with a page."""
    return lambda _request: HttpResponse("<h1>Forbidden</h1>", status=403)


def add(settings, middleware):
    """Put middleware innermost."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.{middleware.__name__}"]


@pytest.mark.parametrize("debug", [False, True])
def test_a_host_that_is_not_ours(client, settings, debug):
    settings.DEBUG = debug
    detail = "This server has another name than the header Host says. Ask it by one that it knows."
    assert_problem(client.get(TASKS, HTTP_HOST="evil.example.org"), 400, detail=detail)
    assert client.get("/", HTTP_HOST="evil.example.org").headers["Content-Type"] != "application/problem+json"


@pytest.mark.parametrize("debug", [False, True])
def test_our_fault_in_middleware_tells_nothing(settings, debug):
    settings.DEBUG = debug
    add(settings, failing)
    client = Client(raise_request_exception=False)
    response = client.get(TASKS, HTTP_ACCEPT_ENCODING="gzip")
    assert_problem(response, 500, detail=OUR_FAULT)
    assert "Content-Encoding" not in response.headers
    page = client.get("/accounts/login/")
    assert (page.status_code, page.headers["Content-Type"].startswith("text/html")) == (500, True)


def test_a_page_of_other_middleware(client, settings):
    add(settings, doubting)
    assert_problem(client.get(TASKS), 403)
    assert client.get("/").content == b"<h1>Forbidden</h1>"


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_away(api, monkeypatch, error, caplog):
    def fail(*_args):
        raise error("connection refused")

    monkeypatch.setattr(connection, "cursor", fail)
    response = api.get(SUBMISSIONS)
    assert_problem(response, 503, detail=DATABASE_AWAY)
    assert response.headers["Retry-After"] == "5"
    assert "connection refused" in caplog.text


def test_another_fault_of_the_database_is_ours(api, monkeypatch):
    def fail(*_args):
        raise DatabaseError("no such column")

    monkeypatch.setattr(connection, "cursor", fail)
    assert_problem(api.get(SUBMISSIONS), 500)


@pytest.mark.parametrize("path", ["/api/%ff%fe", "/api/v1/tasks/%00/", "/api/v1/tasks/%ED%A0%80/", "/api/v1/tasks/ü/"])
def test_an_address_that_is_no_text(client, db, broker, path):
    assert_problem(client.get(path), 404)


@pytest.mark.parametrize(
    ("query", "status"),
    [("task=%00", 400), ("verdict=%ff", 400), ("cursor=%ED%A0%80", 404), ("cursor=x", 404), ("format=xml", 404)],
)
def test_a_query_that_cannot_be_used(api, query, status):
    assert_problem(api.get(f"{SUBMISSIONS}?{query}"), status)


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("HTTP_ACCEPT", "image/png", 406),
        ("HTTP_AUTHORIZATION", "Token", 401),
        ("HTTP_AUTHORIZATION", "Token two words", 401),
        ("HTTP_AUTHORIZATION", "Token \xff\xfe", 400),
        ("HTTP_AUTHORIZATION", "Bearer x", 401),
        ("HTTP_AUTHORIZATION", "Token " + "x" * 5000, 401),
    ],
)
def test_a_header_that_cannot_be_used(client, db, broker, header, value, status):
    assert_problem(client.get(SUBMISSIONS, **{header: value}), status)


@pytest.mark.parametrize(
    "path",
    [SUBMISSIONS, TASKS, "/api/schema/", "/api/docs/", f"{SUBMISSIONS}{'0' * 8}-0000-4000-8000-{'0' * 12}/events/"],
)
def test_a_method_that_is_not_possible(api, path):
    response = api.delete(path)
    assert_problem(response, 405)
    assert response.headers["Allow"].startswith("GET")


def test_a_session_without_its_csrf_token(learner, broker, task):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert_problem(client.post(SUBMISSIONS, FIELDS, content_type="application/json"), 403)


# --- a full queue ----------------------------------------------------------------------------------------------------


@pytest.fixture
def queue_of_one(settings, backlog_counts):
    settings.QUEUE_MAX = 1


def test_a_full_queue_takes_nothing_and_says_when_to_come_back(api, task, queue_of_one):
    assert api.post(SUBMISSIONS, FIELDS).status_code == 202
    response = api.post(SUBMISSIONS, FIELDS)
    assert_problem(response, 503)
    assert response.headers["Retry-After"] == "30"
    assert Submission.objects.count() == 1


def test_what_is_graded_waits_no_more(api, graded, queue_of_one):
    assert api.post(SUBMISSIONS, FIELDS).status_code == 202


def test_the_count_is_kept_for_a_moment(api, task, settings, monkeypatch, backlog_counts):
    assert api.post(SUBMISSIONS, FIELDS).status_code == 202
    monkeypatch.setattr("grader.backlog.COUNT_KEPT_S", 3600)
    settings.QUEUE_MAX = 1
    assert api.post(SUBMISSIONS, FIELDS).status_code == 202


def test_the_page_says_so_and_keeps_the_text(client, learner, broker, submission, queue_of_one):
    client.force_login(learner)
    form = {"source": SOURCE, "backend": "numpy"}
    response = client.post("/tasks/mean-squared-error/submit/", form, HTTP_ACCEPT="text/html", follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "More submissions wait than can be graded soon. Yours was not stored: try again in a minute."
    ]
    assert Submission.objects.count() == 1
    assert_problem(client.post("/tasks/mean-squared-error/submit/", form, HTTP_ACCEPT="application/json"), 503)


def test_what_is_not_possible_is_answered_with_what_is(api):
    detail = f"PUT is not possible at {SUBMISSIONS}. Possible: GET, POST, HEAD, OPTIONS."
    assert_problem(api.put(SUBMISSIONS, FIELDS), 405, detail=detail)
    detail = "What is here comes as application/json. The header Accept leaves that out."
    assert_problem(api.get(TASKS, HTTP_ACCEPT="text/html"), 406, detail=detail)
    detail = "A body is read as application/json. The header Content-Type says “text/plain”."
    assert_problem(api.post(SUBMISSIONS, "x", content_type="text/plain"), 415, detail=detail)
    detail = "What is here is not, or not any more, what If-Match or If-Unmodified-Since names. Read it once more."
    assert_problem(api.get(TASKS, HTTP_IF_MATCH='"other"'), 412, detail=detail)
