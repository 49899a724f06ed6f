"""Waiting for a verdict: by the stream of events where the server has one, else by asking."""

import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from lms.cli.errors import UnavailableError
from lms.cli.patience import Patience
from lms.cli.shapes import STATE, Document, Shape, conform
from lms.cli.terminal import Tell

if TYPE_CHECKING:
    from lms.cli.client import Api

OFTEN_S, SELDOM_S = 1.0, 30.0
SILENCE_S = 20.0  # the server gives a sign of life every 5 s


def wait_until_graded(api: "Api", kind: str, name: str, shape: Shape, *, timeout_s: float, tell: Tell) -> Document:
    """Return the resource of a run or a submission once it is graded; `tell` hears how far it is.

    A server that goes away meanwhile is waited for. Raises UnavailableError where there is no verdict in time.
    """
    wait = _Wait(api, f"{kind}/{quote(name, safe='')}/", shape, timeout_s, tell)
    while (resource := wait.look())["status"] != "graded":
        wait.pause(resource)
    return resource


class _Wait:
    def __init__(self, api: "Api", path: str, shape: Shape, timeout_s: float, tell: Tell) -> None:
        self._api = api
        self._path = path
        self._shape = shape
        self._timeout_s = timeout_s
        self._tell = tell
        self._patience = Patience(timeout_s)
        self._is_streamed = True
        self._etag = ""
        self._latest: Document = {}
        self._state: Document = {}  # the latest told, by the stream or by the resource
        self._pause_s = OFTEN_S

    def look(self) -> Document:
        """Return the resource as it is now."""
        from lms.cli.problems import retry_after_s

        headers = {"If-None-Match": self._etag} if self._etag else {}
        within_s = min(self._api.patience_s, self._patience.left_s)
        response = self._api.send("GET", self._path, headers=headers, within_s=within_s)
        if response.status_code != 304 or not self._latest:
            self._latest = self._api.read(response, self._shape)
            self._etag = response.headers.get("ETag", "")
        self._state = self._latest
        self._pause_s = min(SELDOM_S, retry_after_s(response) or OFTEN_S)
        return self._latest

    def pause(self, state: Document) -> None:
        """Follow the stream to its end where there is one; sleep where it did not bring the verdict."""
        from lms.cli.client import NoStreamError

        self._tell(sentence(state))
        try:
            if self._is_streamed and self._follow():
                return
        except NoStreamError:
            self._is_streamed = False
        if self._pause_s >= self._patience.left_s:
            raise self._too_late()
        time.sleep(self._pause_s)

    def _follow(self) -> bool:
        """Tell what the stream tells; return whether it told of the verdict before it ended."""
        silence_s = min(SILENCE_S, max(0.1, self._patience.left_s))
        for told in self._api.events(f"{self._path}events/", silence_s=silence_s):
            if told is not None:
                self._state = conform(told, STATE, "an event")
                self._tell(sentence(self._state))
                if self._state["status"] == "graded":
                    return True
            if not self._patience.left_s:
                raise self._too_late()
        return False

    def _too_late(self) -> UnavailableError:
        return UnavailableError(f"There is no verdict after {self._timeout_s:g} s: {sentence(self._state)}.")


def sentence(state: Document) -> str:
    """Say how far it is, in the words of the pages."""
    if state["status"] == "paused":
        return state["reason"].rstrip(".") or "paused: nobody can grade at the moment"
    if state["status"] == "running" and state["case"] and state["cases"]:
        return f"running case {state['case']} of {state['cases']}"
    words = [state["status"]]
    if state["queue_position"] is not None:
        words.append(f"{state['queue_position']} before yours")
    if state["estimate_s"] is not None:
        words.append(f"about {max(1.0, state['estimate_s']):.0f} s")
    return ", ".join(words)
