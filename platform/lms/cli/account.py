"""Signing in and out: `login`, `logout`, `whoami`."""

import platform
import sys
from typing import TYPE_CHECKING, Any

import click

from lms.cli import options, session
from lms.cli.addresses import is_sent_in_the_clear
from lms.cli.browser import show_page
from lms.cli.errors import CommandError, MistakeError, StaleTokenError
from lms.cli.shapes import DEVICE, ME, as_sent
from lms.cli.terminal import note, say, say_json
from lms.cli.tokens import read_tokens

if TYPE_CHECKING:
    from lms.cli.client import Api

SCOPES = ("read", "submit")


@click.command()
@options.url
@click.option(
    "--token",
    is_flag=False,
    flag_value="-",
    metavar="TOKEN",
    help="Take a token made at /accounts/tokens/ instead; “-” asks for it, or reads standard input.",
)
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=SCOPES,
    show_default=True,
    type=click.Choice(["read", "submit", "account", "staff"]),
    help="What the token is to be good for; give it once for each.",
)
def login(url: str | None, token: str | None, scopes: tuple[str, ...]) -> None:
    """Sign in: confirm a code in the browser.

    Any browser will do, on this machine or another. The token is kept in a file that only you can read, one for each
    server.
    """
    from lms.cli.client import Api

    address = session.resolve(url)
    if is_sent_in_the_clear(address):
        note(
            f"{address} is not encrypted: whoever is on the way can read your token. Is there an https address?",
            "yellow",
        )
    if token is None:
        with Api(address) as api:
            token = _confirmed_token(api, scopes)
    else:
        token = _given_token(token)
    with Api(address, token) as api:
        me = api.get("me/", ME)
    read_tokens().remember(address, token=token, username=me["username"])
    say(f"Signed in to {address} as {me['username']}.")


@click.command()
@options.url
def logout(url: str | None) -> None:
    """Sign out: end the token on the server, and forget it here."""
    address = session.resolve(url)
    tokens = read_tokens()
    if not tokens.token_of(address):
        raise MistakeError(f"You are not signed in to {address}.")
    try:
        with session.connect(address) as api:
            api.send("DELETE", "tokens/current/")
    except StaleTokenError:
        pass  # it was revoked before, or has expired
    except CommandError as error:
        note(f"The token could not be ended there: {error}")
        note(f"Until you end it at {address}/accounts/tokens/ it stays valid.")
    tokens.forget(address)
    say(f"Signed out of {address}.")


@click.command()
@options.url
@options.as_json
def whoami(url: str | None, *, as_json: bool) -> None:
    """Say who you are to the server, and what your token may do."""
    with session.connect(url) as api:
        me = api.get("me/", ME)
        if as_json:
            say_json({"url": api.url, **as_sent(me)})
            return
        say(f"{me['username']} at {api.url}")
        say(f"The token is good for: {', '.join(me['scopes']) or 'nothing'}.")


def _confirmed_token(api: "Api", scopes: tuple[str, ...]) -> str:
    """Have somebody who is signed in confirm a code, and return the token made for it."""
    from lms.cli.device import wait_for_token

    asked = {"client_name": f"baremath on {platform.node() or 'a machine'}"[:100], "scopes": list(scopes)}
    device = api.post("device/", asked, DEVICE)
    say(f"Open   {device['verification_uri']}")
    say(f"Enter  {device['user_code']}", "bold")
    note(f"The code is good for {max(1.0, device['expires_in'] / 60):.0f} min. Waiting for it to be confirmed ...")
    show_page(device["verification_uri_complete"] or device["verification_uri"])
    return wait_for_token(api, device)


def _given_token(given: str) -> str:
    """Return the token that was given, typed or piped in."""
    if given == "-":
        given = click.prompt("Token", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    token = str(given).strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise MistakeError("That is no token: give the one line that /accounts/tokens/ or create_token showed.")
    return token


COMMANDS: tuple[Any, ...] = (login, logout, whoami)
