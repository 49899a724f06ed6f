"""How often one may ask, and what an answer tells of it."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.api import throttles
from tests.grader.api.client import SUBMISSIONS, assert_problem, client_of
from tests.grader.conftest import SOURCE
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db

FIELDS = {"task": "mean-squared-error", "source": SOURCE, "backend": "numpy"}
TASKS = "/api/v1/tasks/"


@pytest.fixture
def rates(monkeypatch):
    """A function that changes rates, given by name."""
    return lambda **changed: monkeypatch.setattr(
        "grader.api.throttles.AddressThrottle.THROTTLE_RATES", throttles.AddressThrottle.THROTTLE_RATES | changed
    )


def told(response):
    """Return what is left by the name of its quota."""
    return dict(re.findall(r'"(\w+)";r=(\d+);t=\d+', response.headers["RateLimit"]))


def test_an_answer_tells_the_quotas_and_what_is_left(learner, task, broker):
    response = client_of(learner).post(SUBMISSIONS, FIELDS)
    assert response.headers["RateLimit-Policy"] == '"submit";q=30;w=60, "address";q=3000;w=60'
    assert re.fullmatch(r'"submit";r=29;t=(59|60), "address";r=2999;t=(59|60)', response.headers["RateLimit"])


def test_reading_and_submitting_count_apart_and_all_counts_for_the_address(learner, other_learner, task, broker):
    api = client_of(learner)
    api.post(SUBMISSIONS, FIELDS)
    assert told(api.get(SUBMISSIONS)) == {"read": "599", "address": "2998"}
    assert told(api.post(SUBMISSIONS, FIELDS)) == {"submit": "28", "address": "2997"}
    assert told(client_of(other_learner).post(SUBMISSIONS, FIELDS)) == {"submit": "29", "address": "2996"}
    assert told(client_of(other_learner).get(TASKS)) == {"read": "599", "address": "2995"}


def test_staff_may_submit_more(instructor, task, broker):
    response = client_of(instructor).post(SUBMISSIONS, FIELDS)
    assert response.headers["RateLimit-Policy"] == '"submit";q=1000;w=60, "address";q=3000;w=60'


def test_the_pages_count_in_the_same_quota(learner, task, broker, client):
    client_of(learner).post(SUBMISSIONS, FIELDS)
    client.force_login(learner)
    response = client.post("/tasks/mean-squared-error/submit/", FIELDS, HTTP_ACCEPT="application/json")
    assert told(response) == {"submit": "28", "address": "2998"}


def test_whoever_asks_too_often_is_told_when_to_come_back(learner, task, broker, rates):
    rates(submit="2/min")
    api = client_of(learner)
    assert [api.post(SUBMISSIONS, FIELDS).status_code for _ in range(3)] == [202, 202, 429]
    refused = api.post(SUBMISSIONS, FIELDS)
    assert_problem(refused, 429)
    assert told(refused)["submit"] == "0"
    assert int(refused.headers["Retry-After"]) == broker.ttl(f"grader:rate:submit:{learner.pk}") > 0
    assert api.get(SUBMISSIONS).status_code == 200


def test_a_window_that_has_ended_begins_anew(learner, task, broker, rates):
    rates(submit="1/min")
    api = client_of(learner)
    assert [api.post(SUBMISSIONS, FIELDS).status_code for _ in range(2)] == [202, 429]
    broker.delete(f"grader:rate:submit:{learner.pk}")  # as it does by itself in time
    assert api.post(SUBMISSIONS, FIELDS).status_code == 202


def test_without_an_account_an_address_is_counted(client, catalogue, broker, rates):
    rates(read="1/min")
    assert [client.get(TASKS).status_code for _ in range(2)] == [200, 429]
    assert client.get(TASKS, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_an_address_is_limited_whoever_asks_from_it(learner, other_learner, broker, rates):
    rates(address="2/min")
    assert client_of(learner).get(SUBMISSIONS).status_code == 200
    assert client_of(other_learner).get(SUBMISSIONS).status_code == 200
    assert_problem(client_of(other_learner).get(SUBMISSIONS), 429)


def test_guessing_tokens_is_counted_too(client, db, broker, rates):
    rates(address="2/min")
    statuses = [client.get(SUBMISSIONS, HTTP_AUTHORIZATION=f"Token guess{number}").status_code for number in range(3)]
    assert statuses == [401, 401, 429]


@pytest.mark.parametrize(("proxies", "counted"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.1")])
def test_the_address_is_what_the_trusted_proxies_say(client, catalogue, broker, monkeypatch, proxies, counted):
    from rest_framework.settings import api_settings

    monkeypatch.setattr(api_settings, "NUM_PROXIES", proxies)
    client.get(TASKS, HTTP_X_FORWARDED_FOR="192.0.2.66, 198.51.100.1, 203.0.113.9")
    assert broker.get(f"grader:rate:address:{counted}") == "1"


def test_no_forwarded_address_is_believed_unless_a_proxy_is_trusted(settings):
    assert settings.REST_FRAMEWORK["NUM_PROXIES"] == settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0


def test_while_the_broker_is_away_everybody_is_let_through(learner, task, settings, rates):
    rates(submit="1/min", read="1/min", address="1/min")
    settings.REDIS_URL = NO_BROKER
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": NO_BROKER}}
    api = client_of(learner)
    responses = [api.post(SUBMISSIONS, FIELDS) for _ in range(2)]
    assert [response.status_code for response in responses] == [202, 202]
    assert "RateLimit" not in responses[0].headers


def test_not_one_more_is_let_through_at_once(broker):
    quota = throttles.Quota("submit", 30, 60, "somebody")
    with ThreadPoolExecutor(16) as threads:
        counted = list(threads.map(lambda _: throttles.count([quota])[0].used, range(200)))
    assert Counter(counted) == Counter(range(1, 201))


def test_all_quotas_are_one_question(learner, task, broker):
    api = client_of(learner)
    api.post(SUBMISSIONS, FIELDS)
    before = broker.info("stats")["total_commands_processed"]
    throttles.count([throttles.Quota("submit", 30, 60, "a"), throttles.Quota("address", 30, 60, "b")])
    transaction = ["MULTI", *["SET", "INCR", "TTL"] * 2, "EXEC"]
    assert broker.info("stats")["total_commands_processed"] - before == len(transaction) + 1  # and INFO itself
