"""Webhooks with real sweepers on PostgreSQL: slow receivers, two sweepers, and one that is killed on the way."""

import json
import threading
from collections import Counter

import pytest

from grader.webhooks.models import CUT_OFF
from lms.launcher.child import Child
from tests.system.client import Client
from tests.system.composed import ROOT, composed
from tests.system.processes import wait_until

pytestmark = pytest.mark.system

WEBHOOKS = "/api/v1/webhooks/"


@pytest.fixture(scope="module")
def stack():
    with composed(WEBHOOKS="1", WEBHOOK_PRIVATE_ADDRESSES="1", SWEEP_INTERVAL_S="1") as stack:
        yield stack


@pytest.fixture
def client(stack, request):
    client = Client(stack.url)
    client.sign_up(f"learner-{request.node.name[:20]}", "rebuild-it-from-scratch")
    return client


@pytest.fixture
def held(receiver):
    """An event that answers to /hook/slow wait for."""
    released = threading.Event()

    def answer(handler):
        if handler.path.endswith("/slow"):
            released.wait(4)
        handler.answer_with(204)

    receiver.answer = answer
    yield released
    released.set()


def webhook(client, url):
    return f"{WEBHOOKS}{client.post_json(WEBHOOKS, {'url': url})['id']}/"


def ping(client, address):
    return client.post_json(f"{address}ping/", {})["id"]


def paths(receiver):
    return [path for path, _, _ in receiver.received]


def test_a_slow_receiver_holds_up_nobody_else(client, receiver, held):
    slow, quick = webhook(client, f"{receiver.url}/slow"), webhook(client, f"{receiver.url}/quick")
    ping(client, slow)
    ping(client, slow)
    wait_until(lambda: paths(receiver) == ["/hook/slow"])
    ping(client, quick)
    wait_until(lambda: paths(receiver) == ["/hook/slow", "/hook/quick"])  # and the second slow one is not begun
    held.set()
    wait_until(lambda: paths(receiver).count("/hook/slow") == 2)


def test_a_sweeper_that_is_killed_on_the_way_loses_nothing(stack, client, receiver, held):
    slow = webhook(client, f"{receiver.url}/slow")
    delivery = ping(client, slow)
    wait_until(lambda: receiver.received)
    stack.kill("sweeper")
    held.set()
    stack.tend()
    told = wait_until(lambda: _told(client, f"{slow}deliveries/{delivery}/"), 60)
    assert [attempt["error"] for attempt in told["attempts"]] == [CUT_OFF, ""]
    assert [headers["webhook-id"] for _, headers, _ in receiver.received] == [delivery, delivery]


def _told(client, address):
    delivery = json.loads(client.get(address))
    return delivery if delivery["status"] == "delivered" else None


def test_two_sweepers_send_nothing_twice(stack, client, receiver):
    second = Child(stack.children["sweeper"].service, stack.folder / "logs", ROOT)
    try:
        address = webhook(client, receiver.url)
        deliveries = [ping(client, address) for _ in range(25)]
        wait_until(lambda: len(receiver.received) >= len(deliveries))
        wait_until(lambda: all(_told(client, f"{address}deliveries/{each}/") for each in deliveries))
    finally:
        second.stop()
    assert Counter(headers["webhook-id"] for _, headers, _ in receiver.received) == Counter(deliveries)
