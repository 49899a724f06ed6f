"""Headers, cookies and hosts as browsers meet them, and what error reports leave out."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.test import Client
from django.views.debug import get_exception_reporter_filter

from tests.accounts.conftest import PASSWORD

ADDRESSES = ["/", "/accounts/login/", "/api/v1/tasks/", "/nothing/", "/api/nothing/", "/healthz"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(client, catalogue, broker, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/api/v1/tasks/"])
def test_a_host_that_is_not_ours_is_refused(catalogue, broker, settings, address):
    settings.ALLOWED_HOSTS = ["learn.example.org"]
    ask = Client().get
    assert ask(address, headers={"Host": "evil.example.com"}).status_code == 400
    assert (
        ask(address, headers={"Host": "learn.example.org", "X-Forwarded-Host": "evil.example.com"}).status_code == 200
    )


def test_links_in_letters_lead_to_the_host_that_was_asked(learner, settings, mailoutbox, broker):
    settings.ALLOWED_HOSTS = ["learn.example.org"]
    headers = {"Host": "learn.example.org", "X-Forwarded-Host": "evil.example.com"}
    Client().post("/accounts/password/reset/", {"email": learner.email}, headers=headers)
    assert "http://learn.example.org/accounts/password/reset/key/" in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body


def test_without_https_nobody_says_that_it_is(client, db):
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert client.get("/healthz", headers={"X-Forwarded-Proto": "https"}).wsgi_request.is_secure() is False


def test_the_key_of_a_session_changes_when_somebody_signs_in(client, learner, broker):
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    assert client.session.session_key != session.session_key
    assert client.session["_auth_user_id"] == str(learner.pk)


def test_a_changed_password_ends_all_other_sessions(client, learner, broker):
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    new = "another battery staple"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/accounts/profile/").status_code == 200
    assert elsewhere.get("/accounts/profile/").status_code == 302


def test_cookies_are_not_for_scripts_or_other_origins(client, learner, broker):
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")


HTTPS_SCRIPT = """
import django; django.setup()
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings, setup_test_environment
setup_test_environment()
where_they_lie = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing is collected here
override_settings(STORAGES=settings.STORAGES | {"staticfiles": where_they_lie}).enable()
ask = lambda path, **headers: Client().get(path, headers=headers)
plain = ask("/accounts/login/", Host="learn.example.org")
assert (plain.status_code, plain["Location"]) == (301, "https://learn.example.org/accounts/login/"), plain
secure = ask("/accounts/login/", **{"Host": "learn.example.org", "X-Forwarded-Proto": "https"})
assert secure.status_code == 200, secure.status_code
print(secure["Strict-Transport-Security"])
for cookie in secure.cookies.values():
    print(cookie.OutputString())
"""


@pytest.mark.parametrize(
    ("chosen", "hsts"),
    [({}, "max-age=31536000"),
     ({"HSTS_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}, "max-age=31536000; includeSubDomains; preload")],
)  # fmt: skip
def test_https_means_redirect_hsts_and_cookies_of_this_host_alone(tmp_path, chosen, hsts):
    environment = {**os.environ, "HTTPS": "1", "ALLOWED_HOSTS": "learn.example.org", "BAREMATH_DATA": str(tmp_path)}
    path = f"{settings.BASE_DIR}:{settings.BASE_DIR / 'platform'}"
    environment |= {"DJANGO_SETTINGS_MODULE": "lms.settings", "PYTHONPATH": path, **chosen}
    ended = subprocess.run(
        [sys.executable, "-c", HTTPS_SCRIPT], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    told, *cookies = ended.stdout.splitlines()
    assert told == hsts
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


# --- uploads: none ---------------------------------------------------------------------------------------------------


def test_no_model_has_a_file():
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    assert [field for field in fields if isinstance(field, FileField)] == []


def test_no_code_of_ours_reads_uploaded_files():
    sources = [path for part in ("platform", "grader", "courses") for path in (settings.BASE_DIR / part).rglob("*.py")]
    assert [path for path in sources if "content" not in path.parts and ".FILES" in path.read_text()] == []


def test_a_file_in_a_form_is_read_past(client, learner, catalogue, broker):
    client.force_login(learner)
    file = SimpleUploadedFile("solution.py", b"def f(): ...\n")
    headers = {"Accept": "application/json"}
    form = {"source": file, "backend": "numpy"}
    response = client.post("/tasks/mean-squared-error/submit/", form, headers=headers)
    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["#/source"]
    assert client.post("/accounts/profile/", {"display_name": "Ada", "avatar": file}).status_code == 302


@pytest.mark.parametrize("address", ["/api/v1/submissions/", "/api/v1/runs/", "/api/v1/device/"])
def test_the_api_takes_no_multipart_body(client, learner, broker, address):
    client.force_login(learner)
    assert client.post(address, {"source": SimpleUploadedFile("a.py", b"x")}).status_code == 415


# --- secrets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["SECRET_KEY", "REDIS_URL", "CELERY_BROKER_URL", "EMAIL_CONFIG", "DATABASE_URL"])
def test_error_reports_hide_settings_that_are_secret(name):
    cleanse = get_exception_reporter_filter(None).cleanse_setting
    assert "s3cret" not in str(cleanse(name, "redis://:s3cret@host"))
    assert "s3cret" not in str(cleanse("CACHES", {"default": {"LOCATION": "redis://:s3cret@host"}}))
    assert "s3cret" not in str(cleanse("DATABASES", {"default": {"PASSWORD": "s3cret"}}))


def test_an_error_of_ours_shows_and_logs_no_secret(learner, broker, monkeypatch, caplog):
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.create_model_instance", None)  # breaks saving
    client = Client(raise_request_exception=False)
    response = client.post("/accounts/login/", {"login": "ada", "password": PASSWORD}, headers={"Cookie": "x=s3cret"})
    assert response.status_code == 500
    for text in (response.content.decode(), caplog.text):
        assert PASSWORD not in text
        assert "s3cret" not in text
        assert settings.SECRET_KEY not in text
    assert "Traceback" not in response.content.decode()
