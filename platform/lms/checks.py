"""System checks: an operator's mistake is named at start, with what to do, and not met later as a traceback."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from lms import tracing

ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?")
LOCAL_NAMES = {"localhost", "127.0.0.1", "[::1]", "testserver", "web"}  # the last one is that of docker-compose.yml


@register(Tags.compatibility)
def time_limits_are_ordered(**_kwargs: Any) -> list[CheckMessage]:
    """A job that may outlive the next limit up is delivered, and graded, more than once."""
    names = ("GRADING_WALL_S", "CELERY_TASK_SOFT_TIME_LIMIT", "CELERY_TASK_TIME_LIMIT", "CLAIM_EXPIRES_S")
    limits = {name: getattr(settings, name) for name in names}
    limits["VISIBILITY_TIMEOUT_S"] = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    wrong = [
        f"{low}={limits[low]} is not below {high}={limits[high]}"
        for low, high in [*pairwise(names), ("CELERY_TASK_TIME_LIMIT", "VISIBILITY_TIMEOUT_S")]
        if limits[low] >= limits[high]
    ]
    if not wrong:
        return []
    hint = "Raise CLAIM_EXPIRES_S and VISIBILITY_TIMEOUT_S above JOB_HARD_LIMIT_S, or leave all of them unset."
    return [checks.Warning(f"Time limits are out of order: {'; '.join(wrong)}.", hint=hint, id="lms.W001")]


@register(Tags.files)
def content_is_there(**_kwargs: Any) -> list[CheckMessage]:
    if any(settings.CONTENT_DIR.glob("*/course.toml")):
        return []
    return [
        Error(
            f"There is no course in {settings.CONTENT_DIR}: no folder there has a course.toml.",
            hint="Unset BAREMATH_CONTENT to teach what Baremath brings, or name a folder of courses.",
            id="lms.E001",
        )
    ]


@register(Tags.security, deploy=True)
def secret_key_is_shared(**_kwargs: Any) -> list[CheckMessage]:
    """Hosts that share a database must share the key, else a session made by one is void on the next."""
    kept = Path(settings.DATA_DIR / "secret_key")
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        return []
    if kept.exists() and kept.read_text() == settings.SECRET_KEY:
        return [
            checks.Warning(
                f"SECRET_KEY is not set, so the one in {kept} is used: other hosts on this database have another.",
                hint="Set SECRET_KEY to the same long random text on every host.",
                id="lms.W002",
            )
        ]
    return []


@register(Tags.security)
def public_hosts_use_https(**_kwargs: Any) -> list[CheckMessage]:
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL_NAMES)
    if not public:
        return []
    if settings.DEBUG:
        return [
            Error(
                f"DEBUG is on for {', '.join(public)}: error pages would show settings to everyone.",
                hint="Unset DEBUG, or take the public names out of ALLOWED_HOSTS.",
                id="lms.E002",
            )
        ]
    if settings.HTTPS:
        return []
    return [
        checks.Warning(
            f"{', '.join(public)} is served without HTTPS: passwords and sessions travel readable.",
            hint="Put a TLS proxy in front and set HTTPS=1; docs/operating.md shows how.",
            id="lms.W003",
        )
    ]


@register(Tags.security)
def origins_are_origins(**_kwargs: Any) -> list[CheckMessage]:
    wrong = [origin for origin in settings.CORS_ALLOWED_ORIGINS if not ORIGIN.fullmatch(origin)]
    if not wrong:
        return []
    return [
        Error(
            f"CORS_ALLOWED_ORIGINS holds what is not the origin of a page: {', '.join(map(repr, wrong))}.",
            hint="Give scheme and host in lower case, with a port if it is not the usual one, and nothing after it: "
            "https://app.example.org. Separate several by commas, without spaces.",
            id="lms.E003",
        )
    ]


@register(Tags.compatibility)
def traces_can_be_sent(**_kwargs: Any) -> list[CheckMessage]:
    reason = tracing.problem()
    return [Error(reason, hint=tracing.REMEDY, id="lms.E004")] if reason else []
