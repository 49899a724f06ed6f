"""One attempt, against real receivers."""

import base64
import hashlib
import hmac
import json
import socket
import threading

import pytest

from grader.webhooks import sending
from grader.webhooks.sending import make_secret, send, signature


@pytest.fixture(autouse=True)
def loopback_is_allowed(settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True


def test_the_signature_is_that_of_the_specification():
    # The example of https://github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_arrives_signed(receiver):
    secret = make_secret()
    answer = send(receiver.url, secret, "an-id", {"type": "ping", "text": "é"})
    [(path, headers, body)] = receiver.received
    assert (answer.status_code, answer.error, path) == (204, "", "/hook")
    assert json.loads(body) == {"type": "ping", "text": "é"}
    assert (headers["Content-Type"], headers["webhook-id"]) == ("application/json", "an-id")
    assert headers["Host"] == receiver.url.split("/")[2]
    signed = b".".join([b"an-id", headers["webhook-timestamp"].encode(), body])
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert len(key) == 32


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_what_is_not_answered_with_success_has_not_arrived(receiver, status):
    receiver.status = status
    answer = send(receiver.url, make_secret(), "an-id", {})
    assert (answer.status_code, answer.error) == (status, f"It answered {status}. What counts as arrived is 2xx.")


def test_redirects_are_not_followed(receiver):
    receiver.answer = lambda handler: handler.answer_with(302, Location=receiver.url)
    answer = send(receiver.url, make_secret(), "an-id", {})
    assert (answer.status_code, len(receiver.received)) == (302, 1)
    assert answer.error.startswith("It answered 302. Redirects are not followed")


def test_nobody_there_is_said(free_port):
    answer = send(f"http://127.0.0.1:{free_port}/", make_secret(), "an-id", {})
    assert answer.status_code is None
    assert answer.error.startswith("It cannot be reached: ")


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_certificate_that_does_not_hold_is_said(receiver):
    answer = send(receiver.url.replace("http:", "https:"), make_secret(), "an-id", {})
    assert answer.error.startswith("It cannot be reached: [SSL")
    assert receiver.received == []


def test_a_private_address_is_not_called(receiver, settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = False
    answer = send(receiver.url.replace("127.0.0.1", "localhost"), make_secret(), "an-id", {})
    assert (answer.status_code, answer.error) == (
        None,
        "The name localhost leads to no public address. Only those are called.",
    )
    assert receiver.received == []


def test_what_is_connected_to_is_the_address_that_was_checked(receiver, monkeypatch):
    """A name that leads elsewhere when it is asked for a second time gains nothing by it."""
    port, asked = receiver.server_port, []

    def rebinding(host, *_arguments, **_options):
        asked.append(host)
        if host == "127.0.0.1":  # the socket, which was given the address
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        assert asked == ["rebinds.example"], "the name was asked for more than once"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert send(f"http://rebinds.example:{port}/hook", make_secret(), "an-id", {}).status_code == 204
    assert asked == ["rebinds.example", "127.0.0.1"]
    assert receiver.received[0][1]["Host"] == f"rebinds.example:{port}"


def test_a_receiver_that_trickles_does_not_hold_a_thread(receiver, monkeypatch):
    """Each byte comes in time, and the answer never does."""
    monkeypatch.setattr(sending, "TIMEOUT_S", 0.5)
    ended = threading.Event()

    def trickle(handler):
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            while not ended.wait(0.05):
                handler.wfile.write(b"x")
        except OSError:
            pass

    receiver.answer = trickle
    answer = send(receiver.url, make_secret(), "an-id", {})
    ended.set()
    assert (answer.status_code, answer.error) == (None, "There was no answer within 0.5 s.")


def test_an_answer_without_end_is_not_read_to_its_end(receiver):
    sent = []

    def flood(handler):
        handler.answer_with(200)
        try:
            while len(sent) < 10_000:
                handler.wfile.write(b"x" * 65_536)
                sent.append(1)
        except OSError:
            pass

    receiver.answer = flood
    assert send(receiver.url, make_secret(), "an-id", {}).status_code == 200
    assert len(sent) < 10_000
