"""/metrics: who may read it, and how requests are counted. What grading tells is tested with grader.monitoring."""

import pytest

from tests.exposition import Exposition

pytestmark = pytest.mark.django_db

TOKEN = "a token for these tests only"


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN


def read(client):
    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    return Exposition(response.content.decode())


def answers(client, *labels):
    return read(client).get("baremath_http_request_seconds_count", *labels, default=0)


def test_without_a_token_in_the_settings_there_is_no_such_page(client, settings):
    settings.METRICS_TOKEN = ""
    for sent in ("Bearer ", "Bearer", "", f"Bearer {TOKEN}"):
        assert client.get("/metrics", headers={"Authorization": sent}).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer another", f"Token {TOKEN}", TOKEN, "Bearer ü"])
def test_whoever_has_not_the_token_reads_nothing(client, sent):
    response = client.get("/metrics", headers={"Authorization": sent})
    assert (response.status_code, response.content) == (401, b"")


def test_staff_read_nothing_without_the_token(admin_client):
    assert admin_client.get("/metrics").status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "labels"),
    [
        ("head", "/healthz", ("probes", "HEAD", "2xx")),
        ("get", "/", ("pages", "GET", "2xx")),
        ("get", "/accounts/login/", ("accounts", "GET", "2xx")),
        ("get", "/admin/", ("admin", "GET", "3xx")),
        ("get", "/api/v1/submissions/", ("api", "GET", "4xx")),
        ("post", "/tasks/anything/submit/", ("start", "POST", "4xx")),
        ("get", "/static/none.css", ("static", "GET", "4xx")),
        ("get", "/an/address/of/somebody/else/", ("none", "GET", "4xx")),
    ],
)
def test_requests_are_counted_by_view_method_and_status(client, catalogue, broker, method, path, labels):
    before = answers(client, *labels)
    getattr(client, method)(path)
    assert answers(client, *labels) == before + 1


def test_a_method_of_a_visitor_s_own_makes_no_label(client):
    before = answers(client, "probes", "other", "4xx")
    client.generic("SPAM", "/healthz")
    assert answers(client, "probes", "other", "4xx") == before + 1
