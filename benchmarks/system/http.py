"""A small HTTP/1.1 client: one kept connection, requests made beforehand. It shares the cores that it measures."""

import asyncio
import gzip
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
_GZIP = b"\x1f\x8b"
_MOST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    @property
    def etag(self) -> str:
        found = _ETAG.search(self.head)
        return found[1].decode("latin-1") if found else ""

    @property
    def plain(self) -> bytes:
        return gzip.decompress(self.body) if self.body.startswith(_GZIP) else self.body


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """Return the bytes of a request."""
    given = {"Host": "localhost", "Accept-Encoding": "gzip", **headers}
    if body:
        given["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "\r\n"]
    return "\r\n".join(lines).encode("latin-1") + body


class Connection:
    """A connection that is opened at the first request, and again after the server has closed it."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, sent: bytes) -> Answer:
        """Send a request and return its whole answer. Raises OSError and EOFError for a connection that broke."""
        is_new = self._writer is None
        try:
            return await self._ask(sent)
        except (OSError, EOFError):
            self.close()
            if is_new or not sent.startswith(b"GET"):
                raise
        return await self._ask(sent)  # a server may close an idle connection at any moment

    async def _ask(self, sent: bytes) -> Answer:
        reader = await self._send(sent)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        if _CHUNKED.search(head):
            body = b"".join([chunk async for chunk in _chunks(reader)])
        else:
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length and status != 304 else b""
        if _CLOSE.search(head):
            self.close()
        return Answer(status, head, body)

    async def stream(self, sent: bytes) -> AsyncIterator[bytes]:
        """Send a request and yield the parts of its answer as they come; nothing where it is refused."""
        reader = await self._send(sent)
        head = await reader.readuntil(b"\r\n\r\n")
        if int(head[9:12]) == 200:
            async for chunk in _chunks(reader):
                yield chunk

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _send(self, sent: bytes) -> asyncio.StreamReader:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(*self._address, limit=_MOST)
        self._writer.write(sent)
        return self._reader


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
