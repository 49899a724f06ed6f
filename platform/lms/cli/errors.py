"""What can go wrong, by the exit code that tells a script what to do about it."""

from typing import Any

SIGN_IN = "Sign in with: baremath login --url {url}"
ACCEPTED, NOT_ACCEPTED, USAGE, UNAVAILABLE, INTERRUPTED = 0, 1, 2, 3, 130


class CommandError(Exception):
    """A sentence for whoever called.

    `fields` are the (pointer, sentence) pairs of the server's problem, `reason` is its `error`, a word for programs.
    """

    exit_code = USAGE

    def __init__(self, message: str, fields: tuple[tuple[str, str], ...] = (), reason: str = "") -> None:
        super().__init__(message)
        self.fields = fields
        self.reason = reason

    def as_dict(self) -> dict[str, Any]:
        """Return what `--json` prints in place of a result."""
        errors = [{"pointer": pointer, "detail": detail} for pointer, detail in self.fields]
        return {"error": str(self), "exit_code": self.exit_code, "errors": errors}


class MistakeError(CommandError):
    """What was given cannot be used: calling again in the same way fails again."""


class StaleTokenError(MistakeError):
    """The server does not know the token, or not any more."""


class RefusedError(CommandError):
    """The server understood and says no: what was asked for does not exist, or somebody denied it."""

    exit_code = NOT_ACCEPTED


class UnavailableError(CommandError):
    """Nothing was judged: no connection, a server that fails or is full, or no verdict in time."""

    exit_code = UNAVAILABLE
