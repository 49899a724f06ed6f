"""The server's application: what a request meets between the socket and the view."""

import asyncio
import gzip
import threading
from pathlib import Path

import pytest
from django.core.signals import request_finished
from django.db import connection
from knox.models import AuthToken

pytestmark = pytest.mark.django_db(transaction=True)  # the requests are in threads of their own


def ask(path, *, method="GET", body=b"", headers=()):
    """Return (status, headers, body) of one request, with the body sent in two parts."""
    from lms.asgi import application  # made after the settings of the tests hold

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": ("127.0.0.1", 4000),
        "server": ("localhost", 8000), "headers": [(b"host", b"localhost"), *headers],
    }  # fmt: skip
    parts = [{"type": "http.request", "body": body[:3], "more_body": True}, {"type": "http.request", "body": body[3:]}]
    sent = []

    async def receive():
        return parts.pop(0) if parts else await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    async def main():
        await asyncio.wait_for(application(scope, receive, send), 10)

    asyncio.run(main())
    answered = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture
def seen():
    """(thread, database connection) at the end of each request."""
    seen = []

    def look(**_signal):
        connection.ensure_connection()
        seen.append((threading.current_thread().name, connection.connection))

    request_finished.connect(look)
    yield seen
    request_finished.disconnect(look)


def test_requests_share_a_few_threads_each_with_a_database_connection_that_stays(seen):
    from lms.asgi import THREADS

    for _ in range(2 * THREADS):
        assert ask("/healthz")[0] == 200
    assert len(seen) == 2 * THREADS
    assert len(set(seen)) == len(dict(seen)) <= THREADS
    assert all(thread.startswith("request") for thread in dict(seen))
    assert connection.settings_dict["CONN_MAX_AGE"] != 0  # a database in memory is never closed: not seen above


def test_a_body_in_two_parts_arrives(broker, learner):
    _, token = AuthToken.objects.create(learner)
    body = b'{"task": "no-such-task", "source": "x", "backend": "numpy"}'
    headers = [
        (b"authorization", f"Token {token}".encode()),
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    status, answered, answer = ask("/api/v1/submissions/", method="POST", body=body, headers=headers)
    assert (status, answered["content-type"]) == (400, "application/problem+json")
    assert "no-such-task" in answer.decode()


def test_a_static_file_comes_whole(settings):
    status, headers, body = ask("/static/sample.css")
    assert (status, headers["content-type"]) == (200, 'text/css; charset="utf-8"')
    assert body == (Path(settings.STATIC_ROOT) / "sample.css").read_bytes()
    assert len(body) == int(headers["content-length"])


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "gzip"), ("br", None)])
def test_pages_are_compressed_for_who_can_read_it(accepted, encoding):
    _, headers, body = ask("/accounts/login/", headers=[(b"accept-encoding", accepted.encode())])
    assert headers.get("content-encoding") == encoding
    assert b"Sign in" in (gzip.decompress(body) if encoding else body)


def test_cookies_are_sent():
    status, headers, _ = ask("/accounts/login/")
    assert status == 200
    assert headers["set-cookie"].startswith("csrftoken=")


def test_event_streams_are_left_to_the_event_loop(seen):
    status, _, body = ask("/events/submissions/8f9c1a54-0000-4000-8000-000000000000/")
    assert status == 403
    assert b"Sign in to follow" in body
    assert not seen[0][0].startswith("request")
