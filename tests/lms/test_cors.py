"""CORS_ALLOWED_ORIGINS: pages of other origins may use the API, with a token and without cookies."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as configured

ORIGIN = "https://app.example.org"
TASKS = "/api/v1/tasks/"


@pytest.fixture
def allowed(settings):
    """What settings.py does with an origin."""
    script = "from django.conf import settings; import json; print(json.dumps(settings.MIDDLEWARE))"
    environment = os.environ | {"CORS_ALLOWED_ORIGINS": ORIGIN, "DJANGO_SETTINGS_MODULE": "lms.settings"}
    environment |= {"PYTHONPATH": f"{configured.BASE_DIR}:{configured.BASE_DIR / 'platform'}"}
    made = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True)
    settings.MIDDLEWARE = json.loads(made.stdout)
    settings.CORS_ALLOWED_ORIGINS = [ORIGIN]


def cors(response):
    return {name: value for name, value in response.headers.items() if name.startswith("access-control-")}


def preflight(client, path, origin=ORIGIN):
    asked = {"HTTP_ORIGIN": origin, "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}
    return client.options(path, **asked, HTTP_ACCESS_CONTROL_REQUEST_HEADERS="authorization,idempotency-key")


def test_it_is_off(client, db, broker):
    assert cors(preflight(client, TASKS)) == {}
    assert cors(client.get(TASKS, HTTP_ORIGIN=ORIGIN)) == {}


def test_a_page_of_an_allowed_origin_may_ask(client, allowed, db):
    answer = preflight(client, "/api/v1/submissions/")
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["access-control-allow-headers"] == (
        "accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with, "
        "idempotency-key, if-none-match, last-event-id, x-request-id"
    )


def test_it_may_read_the_headers_that_say_what_to_do_and_sends_no_cookies(client, allowed, db, broker):
    assert cors(client.get(TASKS, HTTP_ORIGIN=ORIGIN)) == {
        "access-control-allow-origin": ORIGIN,
        "access-control-expose-headers": "Location, Retry-After, ETag, RateLimit, RateLimit-Policy, X-Request-ID, "
        "Idempotency-Replayed",
    }


@pytest.mark.parametrize(("path", "status"), [("/api/v1/submissions/", 401), ("/api/nothing/", 404)])
def test_it_may_read_errors(client, allowed, db, broker, path, status):
    answer = client.get(path, HTTP_ORIGIN=ORIGIN)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, ORIGIN)


def test_other_origins_and_other_addresses_may_not(client, allowed, db, broker):
    assert "access-control-allow-origin" not in preflight(client, TASKS, "https://evil.example.org").headers
    assert cors(client.get("/accounts/login/", HTTP_ORIGIN=ORIGIN)) == {}
