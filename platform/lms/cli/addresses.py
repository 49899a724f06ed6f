"""Which server is meant, and what may be part of an address or of a file's name."""

import re
from urllib.parse import urlsplit

from lms.cli.errors import MistakeError

DEFAULT = "http://localhost:8000"
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.IGNORECASE)
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
ID_BEGINNING = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f-]*)?", re.IGNORECASE)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def server_address(given: str) -> str:
    """Return the address without what follows the server's root. Raises MistakeError."""
    try:
        parts = urlsplit(given.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    is_address = host and parts.scheme in {"http", "https"} and given.strip().isprintable() and " " not in given.strip()
    if not is_address or parts.username is not None or parts.query or parts.fragment:
        raise MistakeError(
            f"“{given}” is not the address of a server: give http:// or https:// and its name, such as {DEFAULT}."
        )
    name = f"[{host}]" if ":" in str(host) else host
    path = parts.path.rstrip("/").removesuffix("/api/v1").removesuffix("/api")
    return f"{parts.scheme}://{name}{f':{port}' if port else ''}{path}"


def is_sent_in_the_clear(url: str) -> bool:
    """Tell whether a token sent there could be read on the way."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname not in LOOPBACK


def task_slug(given: str) -> str:
    if not SLUG.fullmatch(given):
        raise MistakeError(f"“{given}” is not the slug of a task, such as conv2d-forward: baremath tasks lists them.")
    return given


def submission_id(given: str) -> str:
    """Return the id, or its beginning of at least eight characters. Raises MistakeError."""
    if not ID_BEGINNING.fullmatch(given):
        raise MistakeError(f"“{given}” is not the id of a submission: baremath history lists yours.")
    return given.lower()
