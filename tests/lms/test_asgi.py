"""The server's application: what a request meets between the socket and the view."""

import asyncio
import gzip
import json
import threading
from pathlib import Path

import pytest
from django.core.signals import request_finished
from django.db import connection
from knox.models import AuthToken

pytestmark = pytest.mark.django_db(transaction=True)  # the requests are in threads of their own


def ask(path, *, method="GET", body=b"", headers=(), query=b""):
    """Return (status, headers, body) of one request, with the body sent in two parts."""
    from lms.asgi import application  # made after the settings of the tests hold

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query, "root_path": "", "client": ("127.0.0.1", 4000),
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


@pytest.mark.parametrize("claimed", [None, b"3", b"-1", b"many"])
def test_a_body_has_the_length_that_it_has(broker, learner, claimed):
    """A server of its own passes on what it was told, and nothing of a length where the body came in chunks."""
    body = b'{"task": "no-such-task", "source": "x", "backend": "numpy"}'
    answer = post(learner, body, claimed)
    assert (answer["status"], "no-such-task" in answer["detail"]) == (400, True)


@pytest.mark.parametrize("claimed", [None, b"10"])
@pytest.mark.parametrize("key", [[], [(b"idempotency-key", b"one")]])
def test_a_body_that_is_too_large_is_refused_whatever_its_length_was_said_to_be(broker, learner, claimed, key):
    assert post(learner, b" " * 5_000_000, claimed, key)["status"] == 413


def test_a_body_without_end_is_read_until_it_is_too_large(settings):
    from lms.asgi import BoundedHandler

    async def receive():
        return {"type": "http.request", "body": b" " * 100_000, "more_body": True}

    with asyncio.run(BoundedHandler().read_body(receive)) as body:
        assert len(body.read()) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1


def post(learner, body, claimed, others=()):
    """Return the problem that a body meets which was said to be `claimed` bytes long."""
    headers = [
        (b"authorization", f"Token {AuthToken.objects.create(learner)[1]}".encode()),
        (b"content-type", b"application/json"),
        *([(b"content-length", claimed)] if claimed else []),
        *others,
    ]
    _, answered, answer = ask("/api/v1/submissions/", method="POST", body=body, headers=headers)
    assert answered["content-type"] == "application/problem+json"
    return json.loads(answer)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [(b"task=\xff", "#/task"), (b"task=%FF", "#/task"), (b"\xff=\xff&page_size=\xc3(", "#/page_size")],
)
def test_a_query_that_is_not_utf_8_is_a_query(broker, learner, query, pointer):
    token = AuthToken.objects.create(learner)[1].encode()
    status, _, answer = ask("/api/v1/submissions/", query=query, headers=[(b"authorization", b"Token " + token)])
    assert (status, [error["pointer"] for error in json.loads(answer)["errors"]]) == (400, [pointer])


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


@pytest.mark.parametrize("root", ["/events/", "/api/v1/"])
@pytest.mark.parametrize("kind", ["submissions", "runs"])
def test_event_streams_are_left_to_the_event_loop(seen, root, kind):
    events = "" if root == "/events/" else "events/"
    status, _, body = ask(f"{root}{kind}/8f9c1a54-0000-4000-8000-000000000000/{events}")
    assert status == 401
    assert b"Sign in" in body
    assert not seen[0][0].startswith("request")
