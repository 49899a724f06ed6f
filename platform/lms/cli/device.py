"""The wait for somebody to confirm a code (RFC 8628)."""

import time
from typing import TYPE_CHECKING

from lms.cli.errors import CommandError, RefusedError, UnavailableError
from lms.cli.shapes import TOKEN, Document

if TYPE_CHECKING:
    from lms.cli.client import Api

INTERVAL_S, SLOWER_S = 5.0, 5.0  # as the RFC says where the server does not
AGAIN_BY_API = " Begin again at /api/v1/device/."  # what the server says to programs, and who reads this is none
AGAIN = "Start again with: baremath login"


def wait_for_token(api: "Api", device: Document) -> str:
    """Ask until the code is confirmed, denied or too old; return the token."""
    pause_s = max(0.0, device["interval"] or INTERVAL_S)
    ends = time.monotonic() + device["expires_in"]
    while time.monotonic() + pause_s < ends:
        time.sleep(pause_s)
        said = _ask(api, device["device_code"])
        if isinstance(said, dict):
            return str(said["token"])
        if said == "slow_down":
            pause_s += SLOWER_S
    raise RefusedError(f"The code was not confirmed in time. {AGAIN}")


def _ask(api: "Api", device_code: str) -> Document | str:
    """Return the token, or why there is none yet. Raises CommandError where there will be none."""
    try:
        return api.post("device/token/", {"device_code": device_code}, TOKEN)
    except UnavailableError:
        raise
    except CommandError as error:
        if error.reason in {"authorization_pending", "slow_down"}:
            return error.reason
        if error.reason in {"access_denied", "expired_token", "invalid_grant"}:
            raise RefusedError(f"{str(error).removesuffix(AGAIN_BY_API)} {AGAIN}") from None
        raise
