"""Everything that is stored about a learner, as a zip file to keep and to read without Baremath.

Secrets are left out: password, keys of two-factor sign-in, tokens, session keys, secrets of webhooks. A test holds this
module to all tables that refer to a user.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from grader.models import GradingRun, Submission
from grader.webhooks.selectors import webhook_list
from lms.accounts.models import User
from lms.accounts.selectors import token_list
from lms.drafts.models import Draft
from lms.progress.certificates import document_of
from lms.progress.models import CourseCertificate, LessonRead
from lms.progress.selectors import certificate_list

AT_A_TIME = 50  # submissions in memory


class _Archive:
    """A zip file that knows how large it has become."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)

    @property
    def is_full(self) -> bool:
        return self._file.tell() >= settings.EXPORT_MAX_BYTES

    def add(self, name: str, content: str, when: datetime) -> None:
        entry = ZipInfo(name, when.astimezone(UTC).timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED
        self._zip.writestr(entry, content.encode("utf-8", "replace"))

    def add_json(self, name: str, value: Any, when: datetime) -> None:
        self.add(name, json.dumps(value, ensure_ascii=False, indent=2) + "\n", when)

    def close(self) -> None:
        self._zip.close()


def archive_write(user: User, file: IO[bytes]) -> None:
    """Write the user's archive into an empty binary file that can be sought in.

    At most about EXPORT_MAX_BYTES are written; the oldest submissions that do not fit are counted in README.txt.
    """
    now = timezone.now()
    archive = _Archive(file)
    archive.add_json("profile.json", _profile(user), now)
    archive.add_json("sessions.json", _sessions(user), now)
    archive.add_json("tokens.json", _tokens(user), now)
    archive.add_json("webhooks.json", _webhooks(user), now)
    archive.add_json("lessons_read.json", _lessons_read(user), now)
    for certificate in certificate_list(user):
        archive.add_json(f"certificates/{certificate.pk}.json", _certificate(certificate), certificate.issued)
    _add_drafts(archive, user)
    left_out = _add_submissions(archive, user)
    readme = render_to_string(
        "accounts/archive_readme.txt", {"username": user.username, "now": _time(now), "left_out": left_out}
    )
    archive.add("README.txt", readme, now)
    archive.close()


def _profile(user: User) -> dict[str, Any]:
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    factors = Authenticator.objects.filter(user=user).order_by("pk")
    return {
        "username": user.username,
        "display_name": user.display_name,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "email_addresses": [
            {"address": address.email, "verified": address.verified, "primary": address.primary}
            for address in addresses
        ],
        "joined": _time(user.date_joined),
        "last_sign_in": _time(user.last_login),
        "is_staff": user.is_staff,
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "two_factor_sign_in": [
            {"type": factor.type, "added": _time(factor.created_at), "last_used": _time(factor.last_used_at)}
            for factor in factors
        ],
    }


def _sessions(user: User) -> list[dict[str, Any]]:
    return [
        {"began": _time(session.created_at), "ip_address": session.ip, "browser": session.user_agent}
        for session in UserSession.objects.filter(user=user).order_by("created_at")
    ]


def _tokens(user: User) -> list[dict[str, Any]]:
    return [
        {
            "name": token.name,
            "begins_with": token.beginning,
            "scopes": token.scopes,
            "created": _time(token.created),
            "expires": _time(token.expires),
        }
        for token in token_list(user)
    ]


def _webhooks(user: User) -> list[dict[str, Any]]:
    return [
        {
            "url": webhook.url,
            "events": webhook.events,
            "is_active": webhook.is_active,
            "created": _time(webhook.created),
        }
        for webhook in webhook_list(user)
    ]


def _lessons_read(user: User) -> list[dict[str, Any]]:
    return [
        {"lesson": mark.lesson, "marked": _time(mark.created)}
        for mark in LessonRead.objects.filter(user=user).order_by("created")
    ]


def _certificate(certificate: CourseCertificate) -> dict[str, Any]:
    return document_of(certificate, certificate.get_absolute_url()) | {"withdrawn": _time(certificate.withdrawn)}


def _add_drafts(archive: _Archive, user: User) -> None:
    drafts = Draft.objects.filter(user=user).select_related("task").prefetch_related("earlier").order_by("task__slug")
    for draft in drafts:
        folder = f"drafts/{draft.task.slug}/{draft.backend}"
        archive.add(f"{folder}.py", draft.source, draft.saved)
        for earlier in draft.earlier.all():
            archive.add(f"{folder}-earlier/{_file_time(earlier.kept)}-{earlier.pk}.py", earlier.source, earlier.kept)


def _add_submissions(archive: _Archive, user: User) -> int:
    """Add the submissions, the newest first, while there is room; return how many were left out."""
    left_out = 0
    for submission in _submissions(user):
        if archive.is_full:
            left_out += 1
            continue
        verdict = submission.latest_run.verdict if submission.latest_run else "not-graded"
        when = _file_time(submission.created)
        name = f"submissions/{submission.task.slug}/{when}-{submission.backend}-{verdict}-{str(submission.pk)[:8]}"
        archive.add(f"{name}.py", submission.source, submission.created)
        archive.add_json(f"{name}.json", _graded(submission), submission.created)
    return left_out


def _submissions(user: User) -> Iterator[Submission]:
    submissions = Submission.objects.filter(user_id=user.pk).select_related("task", "latest_run")
    return submissions.prefetch_related("runs").order_by("-created", "-id").iterator(chunk_size=AT_A_TIME)


def _graded(submission: Submission) -> dict[str, Any]:
    return {
        "id": str(submission.pk),
        "task": submission.task.slug,
        "task_title": submission.task.title,
        "backend": submission.backend,
        "submitted": _time(submission.created),
        "status": submission.status,
        "grading_runs": [_grading_run(run) for run in submission.runs.all()],
    }


def _grading_run(run: GradingRun) -> dict[str, Any]:
    return {
        "number": run.number,
        "verdict": run.verdict,
        "score": run.score,
        "max_score": run.max_score,
        "finished": _time(run.finished),
        "task_version": run.task_version,
        "result": run.result,
    }


def _file_time(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%dT%H-%M-%SZ}"


def _time(when: datetime | None) -> str | None:
    return when and when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
