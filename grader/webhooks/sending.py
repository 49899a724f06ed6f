"""One attempt: signed as the Standard Webhooks specification has it, sent to the address that was checked.

httpcore, which httpx is made of, rather than httpx: it lets us open the connection ourselves. So what is connected to
is the very address that was checked, not what the name leads to a moment later, and one limit holds for all of it.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any

import httpcore

from grader.webhooks.addresses import AddressRefusedError, checked_addresses

TIMEOUT_S = 5
ANSWER_MAX_BYTES = 64 * 1024
SECRET_BEGINS = "whsec_"  # noqa: S105 -- says what it is, and is none
FAILURES = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


@dataclass(frozen=True, slots=True)
class Answer:
    status_code: int | None
    error: str  # a sentence; empty where it has arrived
    ms: int


def make_secret() -> str:
    return SECRET_BEGINS + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return v1,base64(HMAC-SHA256(key, "id.timestamp.body")); the key is what stands after whsec_, decoded."""
    key = base64.b64decode(secret.removeprefix(SECRET_BEGINS))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def send(url: str, secret: str, message_id: str, content: dict[str, Any]) -> Answer:
    """Send a message; whatever becomes of it is an Answer, within about TIMEOUT_S."""
    body, now, begun = json.dumps(content, separators=(",", ":")).encode(), int(time.time()), time.monotonic()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Baremath-Webhooks/1",
        "Connection": "close",
        "webhook-id": message_id,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(secret, message_id, now, body),
    }
    status, error = None, ""
    try:
        status = _post(url, headers, body, begun + TIMEOUT_S)
        error = "" if 200 <= status < 300 else _refusal(status)
    except AddressRefusedError as refused:
        error = str(refused)
    except httpcore.TimeoutException:
        error = f"There was no answer within {TIMEOUT_S} s."
    except httpcore.ConnectError as failure:
        error = f"It cannot be reached: {failure}."
    except FAILURES as failure:
        error = f"The connection broke: {failure}."
    return Answer(status, error[:300], round((time.monotonic() - begun) * 1000))


def _refusal(status: int) -> str:
    if 300 <= status < 400:
        return f"It answered {status}. Redirects are not followed: give the webhook the address that it leads to."
    return f"It answered {status}. What counts as arrived is 2xx."


def _post(url: str, headers: dict[str, str], body: bytes, deadline: float) -> int:
    with (
        httpcore.ConnectionPool(network_backend=_Backend(deadline)) as pool,
        pool.stream("POST", url, headers=list(headers.items()), content=body) as response,
    ):
        size = 0
        with suppress(*FAILURES):  # the status is there: what follows it is of no interest
            for part in response.iter_stream():
                size += len(part)
                if size > ANSWER_MAX_BYTES:
                    break
        return int(response.status)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


class _Stream(httpcore.NetworkStream):
    """A connection that ends at a time, however slowly the other side goes on."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 -- httpcore's signature
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 -- httpcore's signature
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 -- httpcore's signature
    ) -> httpcore.NetworkStream:
        tls = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Stream(tls, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to an address that was checked. Names in certificates and headers stay those of the URL."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 -- httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        *others, last = checked_addresses(host, port)
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._connect(address, port, local_address, socket_options)
        return self._connect(last, port, local_address, socket_options)

    def _connect(
        self, address: str, port: int, local_address: str | None, socket_options: Iterable[Any] | None
    ) -> httpcore.NetworkStream:
        stream = self._sockets.connect_tcp(address, port, _left(self._deadline), local_address, socket_options)
        return _Stream(stream, self._deadline)
