import json

import pytest
from django.db import InterfaceError, OperationalError

from lms.outages import server_error


def answer_to(request, error):
    """Answer as Django does when something raises `error`."""
    try:
        raise error
    except type(error):
        return server_error(request)


@pytest.mark.parametrize("error", [OperationalError("no space left"), InterfaceError("connection already closed")])
def test_without_a_database_a_page_says_so_and_asks_none(rf, error):
    response = answer_to(rf.get("/tasks/some/", headers={"Accept": "text/html"}), error)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert b"The database does not answer at the moment" in response.content


@pytest.mark.parametrize(
    ("path", "accept"), [("/api/v1/tasks/", "text/html"), ("/tasks/x/submit/", "application/json")]
)
def test_a_script_gets_a_problem(rf, path, accept):
    response = answer_to(rf.post(path, headers={"Accept": accept}), OperationalError())
    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "5"
    assert "database does not answer" in json.loads(response.content)["detail"]


def test_any_other_failure_is_ours(rf):
    response = answer_to(rf.get("/"), ValueError())
    assert response.status_code == 500
    assert b"Something broke on our side" in response.content
