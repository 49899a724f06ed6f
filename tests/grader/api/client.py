"""Clients of the API, and what every error of it has."""

import json

from knox.models import AuthToken
from rest_framework.test import APIClient

from tests.grader.conftest import SOURCE

API = "/api/v1/"
SUBMISSIONS = f"{API}submissions/"


def client_of(user):
    """Return a client that sends a token of the user."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(user)[1]}")
    return client


def submit(api, **fields):
    return api.post(SUBMISSIONS, {"task": "mean-squared-error", "source": SOURCE, "backend": "numpy"} | fields)


def listed(api, address, name="id", **query):
    """Return one field of each entry on the first page of a list."""
    return [each[name] for each in api.get(address, query).json()["results"]]


def assert_problem(response, status, **fields):
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"]
    assert problem["detail"]
    assert {name: problem[name] for name in fields} == fields
    return problem
