import pytest

from tests.grader.api.client import SUBMISSIONS, assert_problem

pytestmark = pytest.mark.django_db


def test_a_method_that_does_not_exist_is_a_problem(api):
    response = api.delete(SUBMISSIONS)
    assert_problem(response, 405)
    assert response.headers["Allow"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/api/", "/api/v2/", "/api/v1/submissions/not-a-uuid/", "/api/v1/tasks/nope/"])
def test_an_unknown_address_is_a_problem(api, catalogue, path):
    assert_problem(api.get(path), 404)


@pytest.mark.parametrize("path", ["/api/v1/submissions", "/api/v1/me", "/api/v1/progress", "/api/v1/staff/submissions"])
def test_a_missing_slash_is_pointed_out(api, path):
    problem = assert_problem(api.post(path, {}), 404)
    assert problem["detail"].endswith(f"Try {path}/")
