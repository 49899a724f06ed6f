"""What a token may do, and what reading it costs."""

import pytest
from django.urls import URLPattern, get_resolver
from knox.models import AuthToken
from rest_framework.permissions import AllowAny
from rest_framework.test import APIClient

from grader.api.scopes import ALL_SCOPES, Scope, scopes_of
from lms.accounts.services import token_create
from tests.grader.api.client import SUBMISSIONS, assert_problem
from tests.grader.conftest import SOURCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_with(learner, broker):
    """Return a function that makes a client whose token has the given scopes."""

    def make(*scopes):
        client = APIClient()
        _, secret = token_create(user=learner, name="laptop", days=None, scopes=scopes)
        client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
        return client

    return make


def submit(client):
    return client.post(SUBMISSIONS, {"task": "mean-squared-error", "source": SOURCE, "backend": "numpy"})


def test_a_token_does_what_its_scopes_allow_and_nothing_else(client_with, task):
    reads, submits = client_with("read"), client_with("submit")
    assert (reads.get(SUBMISSIONS).status_code, reads.head(SUBMISSIONS).status_code) == (200, 200)
    assert submit(submits).status_code == 202
    detail = "This token lacks the scope “submit”; it has: read. Make one that has it at /accounts/tokens/."
    assert_problem(submit(reads), 403, detail=detail)
    assert_problem(submits.get(SUBMISSIONS), 403)
    assert_problem(submits.get(f"{SUBMISSIONS}00000000-0000-0000-0000-000000000000/"), 403)


def test_what_is_open_to_everybody_needs_no_scope(client_with, task):
    assert client_with("staff").get("/api/v1/tasks/").status_code == 200


def test_a_session_has_all_scopes(learner, task, broker):
    client = APIClient()
    client.force_login(learner)
    assert submit(client).status_code == 202


def test_scopes_of_a_request_come_from_the_label_of_its_token(learner):
    labelled, _ = token_create(user=learner, name="laptop", days=None, scopes={"submit", "read"})
    bare, _ = AuthToken.objects.create(learner)
    assert scopes_of(labelled) == {"read", "submit"}
    assert (scopes_of(bare), scopes_of(None)) == (ALL_SCOPES, ALL_SCOPES)


@pytest.mark.parametrize("scopes", [(), ("read",)])
def test_token_user_and_label_are_one_query(client_with, learner, task, scopes, django_assert_num_queries):
    client = client_with(*scopes) if scopes else APIClient()
    if not scopes:
        client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(learner)[1]}")
    with django_assert_num_queries(2):  # that one, and the submissions
        assert client.get(SUBMISSIONS).status_code == 200


def test_bytes_that_are_no_text_are_no_token(client, broker):
    assert_problem(client.get(SUBMISSIONS, HTTP_AUTHORIZATION="Token \xff\xfe"), 400)


def test_somebody_who_was_switched_off_is_refused(client_with, learner):
    client = client_with("read")
    learner.is_active = False
    learner.save()
    assert_problem(client.get(SUBMISSIONS), 401)


def api_views():
    """Yield the classes of all views under /api/v1/."""

    def walk(patterns, prefix):
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                if address.startswith("api/v1/"):
                    yield pattern.callback.view_class
            else:
                yield from walk(pattern.url_patterns, address)

    return set(walk(get_resolver().url_patterns, ""))


def test_every_view_for_signed_in_people_names_a_scope_for_each_of_its_methods():
    closed = [view for view in api_views() if AllowAny not in view.permission_classes]
    wrong = {}
    for view in closed:
        methods = {name.upper() for name in view.http_method_names if hasattr(view, name)} - {"OPTIONS"}
        named = getattr(view, "scopes", {})
        needed = {scope for scopes in named.values() for scope in ([scopes] if isinstance(scopes, str) else scopes)}
        if set(named) != methods or not needed <= set(Scope.values):
            wrong[view.__name__] = (named, methods)
    assert closed
    assert wrong == {}
