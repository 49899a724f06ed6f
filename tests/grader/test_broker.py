import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import redis

from grader import broker

PATIENCE_S = 0.2


@pytest.fixture
def silent_server(monkeypatch):
    """The address of a server that takes connections and answers nothing, as a process that is frozen does."""
    monkeypatch.setattr(broker, "_silence", broker._Silence())
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def client(url):
    return broker.ImpatientRedis.from_url(url, socket_timeout=PATIENCE_S, retry=broker.RETRY)


def test_a_server_that_let_a_question_go_unanswered_is_not_asked_again_at_once(silent_server, monkeypatch):
    monkeypatch.setattr(broker, "NOT_ASKED_AGAIN_S", 60)
    with client(silent_server) as asking, client(silent_server) as other:
        with pytest.raises(redis.TimeoutError, match="Timeout reading"):
            asking.ping()
        with pytest.raises(redis.TimeoutError, match="did not answer a moment ago"):
            other.get("key")


def test_after_a_moment_one_asks_for_all_and_an_answer_ends_it(silent_server, valkey_url, monkeypatch):
    monkeypatch.setattr(broker, "NOT_ASKED_AGAIN_S", 0)
    with client(silent_server) as silent, client(valkey_url) as answering:
        with pytest.raises(redis.TimeoutError):
            silent.ping()
        assert broker._silence.may_ask()  # this one asks
        assert not broker._silence.may_ask()  # that one need not
        broker._silence.begin()
        assert answering.ping()
        assert broker._silence.may_ask()
        assert broker._silence.may_ask()


def test_a_server_that_refuses_is_asked_each_time(silent_server):
    with client("redis://127.0.0.1:1/0") as nobody:
        for _ in range(2):
            with pytest.raises(redis.ConnectionError):
                nobody.ping()


def test_threads_that_ask_at_once_get_one_client(silent_server, settings, monkeypatch):
    """Else the one that nobody holds in the end would be collected, and close the connection that a thread is using."""
    monkeypatch.setattr(broker, "_clients", {})
    for number in range(300):
        settings.REDIS_URL = f"{silent_server}?attempt={number}"  # one that nobody has asked for yet
        with ThreadPoolExecutor(4) as threads:
            together = Barrier(4)
            clients = list(threads.map(lambda _, together=together: together.wait() >= 0 and broker.client(), range(4)))
        assert {id(each) for each in clients} == {id(clients[0])}
