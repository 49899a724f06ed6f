"""Which server a command speaks to, and as whom."""

from typing import TYPE_CHECKING

from lms.cli.addresses import DEFAULT
from lms.cli.errors import SIGN_IN, MistakeError
from lms.cli.tokens import read_tokens

if TYPE_CHECKING:
    from lms.cli.client import Api


def resolve(url: str | None) -> str:
    """Return the server that is meant where no option names one."""
    return url or read_tokens().latest or DEFAULT


def connect(url: str | None, *, as_somebody: bool = True) -> "Api":
    """Return the API of the server; raise MistakeError where a token is needed and none is known."""
    from lms.cli.client import Api

    address = resolve(url)
    token = read_tokens().token_of(address)
    if as_somebody and not token:
        raise MistakeError(f"You are not signed in to {address}. {SIGN_IN.format(url=address)}")
    return Api(address, token)
