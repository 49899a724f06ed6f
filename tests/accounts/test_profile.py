"""The name that others read, and the places where one is signed in."""

import pytest
from django.test import Client

from lms.accounts.templatetags.accounts import browser
from tests.accounts.conftest import PASSWORD
from tests.web.html import elements, text


def save(client, name):
    return client.post("/accounts/profile/", {"display_name": name}, follow=True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Ada Lovelace", "Ada Lovelace"), ("  Ada \n Lovelace ", "Ada Lovelace"), ("李小龙", "李小龙"),
     ("<b>Ada</b>", "<b>Ada</b>"), ("👩‍🔬", "👩‍🔬"), ("", "")],
)  # fmt: skip
def test_a_display_name_is_kept(signed_in, learner, typed, kept):
    response = save(signed_in, typed)
    learner.refresh_from_db()
    assert learner.display_name == kept
    assert learner.get_full_name() == (kept or "ada")
    assert "Your profile is saved." in text(response)
    assert elements(response, "b") == []


@pytest.mark.parametrize("typed", ["x" * 81, "\u202eevil", "a\u0007b", "a\u2066b"])
def test_a_name_that_misleads_is_refused(signed_in, learner, typed):
    response = save(signed_in, typed)
    learner.refresh_from_db()
    assert learner.display_name == ""
    assert elements(response, "input", name="display_name", aria_invalid="true")


def test_the_profile_leads_to_the_email_address(signed_in):
    response = signed_in.get("/accounts/profile/")
    assert "ada@example.org" in text(response)
    assert elements(response, "a", href="/accounts/email/")


@pytest.mark.parametrize(
    "address",
    ["/accounts/profile/", "/accounts/tokens/", "/accounts/export/", "/accounts/delete/", "/accounts/sessions/"],
)
def test_nobody_sees_the_pages_of_an_account_without_signing_in(visitor, address):
    response = visitor.get(address)
    assert response["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize(
    "address", ["/accounts/profile/", "/accounts/tokens/", "/accounts/export/", "/accounts/delete/"]
)
def test_no_cache_keeps_the_pages_of_an_account(trusted, address):
    assert "no-store" in trusted.get(address)["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    ["/accounts/profile/", "/accounts/tokens/", "/accounts/tokens/revoke/", "/accounts/export/", "/accounts/delete/"],
)
def test_a_form_of_another_site_does_nothing(learner, catalogue, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(address, {}).status_code == 403


def sign_in(user_agent):
    client = Client(headers={"user-agent": user_agent})
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    return client


def test_sessions_are_listed_and_all_others_ended(visitor, learner):
    here = sign_in("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    there = sign_in(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
    )
    listed = text(here.get("/accounts/sessions/"))
    assert "Firefox on Linux This session" in listed
    assert "Safari on iPhone" in listed
    here.post("/accounts/sessions/")
    assert here.get("/accounts/profile/").status_code == 200
    assert there.get("/accounts/profile/").status_code == 302
    assert "Safari" not in text(here.get("/accounts/sessions/"))


def test_nobody_sees_or_ends_the_sessions_of_others(visitor, learner, other_learner):
    mine = sign_in("Firefox/140.0")
    visitor.force_login(other_learner)
    assert "Firefox" not in text(visitor.get("/accounts/sessions/"))
    visitor.post("/accounts/sessions/")
    assert mine.get("/accounts/profile/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Safari/537 Edg/130",
      "Edge on Windows"),
     ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Mobile Safari/537",
      "Chrome on Android"),
     ("python-requests/2.32", "a Python program"), ("", "Unknown browser"), ("<b>", "Unknown browser")],
)  # fmt: skip
def test_browsers_are_called_by_their_names(user_agent, words):
    assert browser(user_agent) == words
