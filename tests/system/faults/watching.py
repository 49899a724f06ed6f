"""What a learner has open during an outage."""

import http.client
import json
import urllib.error
from contextlib import closing, contextmanager
from urllib.parse import urlsplit


def answer(question):
    """Return (status, content type, Retry-After, body) of what a client asks, whatever the status."""
    try:
        return 200, "", None, question()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.headers["Retry-After"], error.read().decode()


class Stream:
    def __init__(self, response):
        self._response = response

    def state(self):
        """Wait for the next event; return its data."""
        while line := self._response.readline():
            if line.startswith(b"data: "):
                return json.loads(line.removeprefix(b"data: "))
        raise AssertionError("the stream ended")

    def until(self, status):
        while (state := self.state())["status"] != status:
            continue
        return state


@contextmanager
def stream(client, submission):
    """Open the event stream of a submission, as its page does."""
    address = urlsplit(client.url)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=90)
    connection.request("GET", submission["events"], headers={"Cookie": cookies, "Accept": "text/event-stream"})
    response = connection.getresponse()
    with closing(connection), response:
        assert response.status == 200, response.read()
        yield Stream(response)
