"""Asking the API: what it answers as checked documents, and everything that goes wrong as a sentence."""

import json
from collections.abc import Iterator, Mapping
from typing import Self
from urllib.parse import parse_qsl, urlsplit

import httpx

from lms.cli.errors import CommandError, MistakeError, UnavailableError
from lms.cli.patience import Patience
from lms.cli.problems import error_of, retry_after_s
from lms.cli.shapes import Document, Shape, conform, page_of
from lms.cli.terminal import Tell

CONNECT_S, READ_S = 5.0, 20.0
LATER = {429, 502, 503, 504}  # worth another try: too many requests, or a server that is full or starts anew
PATIENCE_S = 60.0
RESTART_S = 2.0  # between tries where a server that answered before is gone

Parameters = Mapping[str, str | int]


class NoStreamError(Exception):
    """The server does not stream events here: ask for the state instead."""


class Api:
    """One server, asked as one user or as nobody; several threads may share it.

    A server that has answered once is given `patience_s` to come back, or to have room again: `tell` hears of it. One
    that never answered is not there.
    """

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url
        self.patience_s = PATIENCE_S
        self.tell: Tell = lambda _why: None
        self._has_answered = False
        headers = {"Accept": "application/json", "User-Agent": "baremath"}
        if token:
            headers["Authorization"] = f"Token {token}"
        try:
            self._client = httpx.Client(headers=headers, timeout=httpx.Timeout(READ_S, connect=CONNECT_S))
        except (
            ValueError,
            ImportError,
            OSError,
            httpx.InvalidURL,
        ) as error:  # a proxy or certificates that the environment names
            raise MistakeError(f"HTTP_PROXY, HTTPS_PROXY, ALL_PROXY or SSL_CERT_FILE cannot be used: {error}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def get(self, path: str, shape: Shape, **parameters: str | int) -> Document:
        return self.read(self.send("GET", path, parameters=parameters), shape)

    def pages(self, path: str, shape: Shape, **parameters: str | int) -> Iterator[Document]:
        """Yield the entries of a list, page by page as they are needed."""
        asked: Parameters | None = parameters
        while asked is not None:
            page = self.get(path, page_of(shape), **asked)
            yield from page["results"]
            # Only the query is taken: a token must not be sent wherever a page says.
            asked = dict(parse_qsl(urlsplit(page["next"]).query)) if page["next"] else None

    def post(self, path: str, body: Document, shape: Shape, *, key: str = "") -> Document:
        """`key` makes asking again safe: the server answers what it answered the first time."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.read(self.send("POST", path, body=body, headers=headers), shape)

    def send(
        self,
        method: str,
        path: str,
        *,
        body: Document | None = None,
        parameters: Parameters | None = None,
        headers: Mapping[str, str] | None = None,
        within_s: float | None = None,
    ) -> httpx.Response:
        """Return an answer of 2xx or 304, after as many tries as patience allows. Raises CommandError."""
        patience = Patience(self.patience_s if within_s is None else within_s, self.tell)
        failure: CommandError
        while True:
            try:
                response = self._client.request(
                    method, self._address(path), json=body, params=parameters, headers=headers
                )
            except (httpx.InvalidURL, UnicodeError) as error:
                raise MistakeError(f"{self.url}, or an option, holds what cannot be sent: {error}.") from None
            except httpx.HTTPError as error:
                failure, pause_s = self._unreachable(error), None
            else:
                if response.is_success or response.status_code == 304:
                    self._has_answered = True
                    return response
                failure, pause_s = error_of(response, self.url), retry_after_s(response)
                if response.status_code not in LATER:
                    raise failure
            if pause_s is None and not self._has_answered:
                raise failure
            patience.wait(pause_s or RESTART_S, failure)

    def read(self, response: httpx.Response, shape: Shape) -> Document:
        try:
            document = json.loads(response.content)
        except (ValueError, RecursionError):
            raise UnavailableError(
                f"{self.url} answered {response.status_code} with something that is not JSON. Is a Baremath there?"
            ) from None
        return conform(document, shape)  # type: ignore[no-any-return]  # a shape is a dictionary here

    def events(self, path: str, *, silence_s: float = READ_S) -> Iterator[Document | None]:
        """Yield the states that a stream of events tells, and None for each sign of life in between.

        Ends when the server ends it or is lost. Raises NoStreamError where it does not stream.
        """
        timeout = httpx.Timeout(CONNECT_S, read=silence_s)
        headers = {"Accept": "text/event-stream"}
        try:
            with self._client.stream("GET", self._address(path), headers=headers, timeout=timeout) as response:
                kind = response.headers.get("Content-Type", "")
                if response.status_code != 200 or not kind.startswith("text/event-stream"):
                    raise NoStreamError
                for line in response.iter_lines():
                    yield _state(line)
        except httpx.HTTPError:
            return

    def _address(self, path: str) -> str:
        return f"{self.url}/api/v1/{path}"

    def _unreachable(self, error: httpx.HTTPError) -> UnavailableError:
        if isinstance(error, httpx.ReadTimeout):
            return UnavailableError(f"{self.url} did not answer within {READ_S:.0f} s. Try again later.")
        why = str(error) or type(error).__name__
        return UnavailableError(f"{self.url} cannot be reached ({why}). Does it run, and is --url right?")


def _state(line: str) -> Document | None:
    """Return what a line of a stream tells: the server sends each state as one line of data."""
    if not line.startswith("data:"):
        return None
    try:
        state = json.loads(line.removeprefix("data:"))
    except (ValueError, RecursionError):
        raise NoStreamError from None
    return state if isinstance(state, dict) else None
