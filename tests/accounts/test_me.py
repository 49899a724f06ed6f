import pytest
from knox.models import AuthToken
from rest_framework.test import APIClient

ME = "/api/v1/me/"


def test_a_token_says_whose_it_is(learner, broker):
    learner.display_name = "Ada Lovelace"
    learner.save()
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(learner)[1]}")
    assert client.get(ME).json() == {
        "username": "ada",
        "display_name": "Ada Lovelace",
        "email": "ada@example.org",
        "is_staff": False,
        "scopes": ["read", "submit", "account", "staff"],
        "joined": learner.date_joined.isoformat().replace("+00:00", "Z"),
    }


def test_a_session_has_every_scope(client, instructor):
    client.force_login(instructor)
    body = client.get(ME, {"fields": "is_staff,scopes"}).json()
    assert body == {"is_staff": True, "scopes": ["read", "submit", "account", "staff"]}


@pytest.mark.django_db
def test_nobody_is_told_to_sign_in(client):
    response = client.get(ME)
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Token")
    assert response.headers["Content-Type"] == "application/problem+json"
