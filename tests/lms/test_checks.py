"""Operators' mistakes and the sentences they meet."""

import pytest

from lms import checks


def test_the_defaults_hold():
    everything = (checks.time_limits_are_ordered, checks.content_is_there, checks.secret_key_is_shared)
    assert [message for check in everything for message in check()] == []
    assert checks.public_hosts_use_https() == []
    assert checks.origins_are_origins() == []


def test_limits_out_of_order_are_named(settings):
    settings.CELERY_TASK_SOFT_TIME_LIMIT = 130
    [message] = checks.time_limits_are_ordered()
    assert message.id == "lms.W001"
    assert "CELERY_TASK_SOFT_TIME_LIMIT=130 is not below CELERY_TASK_TIME_LIMIT=120" in message.msg


def test_a_visibility_timeout_below_the_hard_limit_is_named(settings):
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "visibility_timeout": 60}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = options
    [message] = checks.time_limits_are_ordered()
    assert "CELERY_TASK_TIME_LIMIT=120 is not below VISIBILITY_TIMEOUT_S=60" in message.msg


def test_a_content_folder_without_a_course_is_an_error(settings, tmp_path):
    settings.CONTENT_DIR = tmp_path
    [message] = checks.content_is_there()
    assert message.id == "lms.E001"
    assert str(tmp_path) in message.msg


def test_a_key_of_this_host_only_is_named_where_hosts_share_a_database(settings, tmp_path, monkeypatch):
    (tmp_path / "secret_key").write_text(settings.SECRET_KEY)
    settings.DATA_DIR = tmp_path
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    assert [message.id for message in checks.secret_key_is_shared()] == ["lms.W002"]
    settings.SECRET_KEY = "shared by all hosts"
    assert checks.secret_key_is_shared() == []


@pytest.mark.parametrize(
    ("debug", "https", "expected"),
    [(True, True, ["lms.E002"]), (True, False, ["lms.E002"]), (False, False, ["lms.W003"]), (False, True, [])],
)
def test_public_names_need_https_and_no_debug(settings, debug, https, expected):
    settings.ALLOWED_HOSTS = ["localhost", "learn.example.org"]
    settings.DEBUG, settings.HTTPS = debug, https
    assert [message.id for message in checks.public_hosts_use_https()] == expected


def test_origins_are_taken_as_browsers_send_them(settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.org", "http://localhost:5173", "http://[::1]:8080"]
    assert checks.origins_are_origins() == []


@pytest.mark.parametrize(
    "origin",
    ["app.example.org", "https://app.example.org/", "https://*.example.org", "*", "null", "ftp://a", " https://a", ""],
)
def test_what_is_no_origin_is_named(settings, origin):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.org", origin]
    [message] = checks.origins_are_origins()
    assert message.id == "lms.E003"
    assert message.msg.endswith(f": {origin!r}.")


def test_every_message_says_what_to_do(settings, tmp_path):
    settings.CONTENT_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["learn.example.org"]
    settings.CLAIM_EXPIRES_S = 1
    settings.CORS_ALLOWED_ORIGINS = ["*"]
    messages = [*checks.content_is_there(), *checks.public_hosts_use_https(), *checks.time_limits_are_ordered()]
    messages += checks.origins_are_origins()
    assert len(messages) == 4
    assert all(message.hint for message in messages)
