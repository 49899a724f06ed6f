"""What the server says went wrong (RFC 9457), and what that means for whoever called."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from lms.cli.errors import SIGN_IN, CommandError, MistakeError, RefusedError, StaleTokenError, UnavailableError

if TYPE_CHECKING:
    import httpx


def error_of(response: "httpx.Response", url: str) -> CommandError:
    """Return the error for an answer that is none of success."""
    code = response.status_code
    if response.is_redirect:
        return MistakeError(
            f"{url} sends on to {response.headers.get('Location', 'nowhere')}. Give that server's --url."
        )
    problem = problem_of(response)
    if not isinstance(problem.get("detail"), str):
        phrase = f"{code} {response.reason_phrase}".strip()
        return _kind(code)(f"{url} answered {phrase}, and not in the way of Baremath. Is the address right?")
    message = problem["detail"]
    if code == 401:
        message += " " + SIGN_IN.format(url=url)
    errors = problem.get("errors")
    named = [each for each in errors if isinstance(each, dict)] if isinstance(errors, list) else []
    fields = tuple((str(each.get("pointer", "#")), str(each.get("detail", ""))) for each in named)
    return _kind(code)(message, fields, str(problem.get("error", "")))


def problem_of(response: "httpx.Response") -> dict[str, Any]:
    """Return the body if it is a problem, else {}."""
    try:
        problem = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    return problem if isinstance(problem, dict) else {}


def retry_after_s(response: "httpx.Response") -> float | None:
    """Return the seconds that the server asks to wait, None where it does not say."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return max(1.0, float(said[:9]))
    try:
        return max(1.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _kind(code: int) -> type[CommandError]:
    if code == 429 or code >= 500:
        return UnavailableError
    if code == 401:
        return StaleTokenError
    return RefusedError if code in {404, 409, 410} else MistakeError
