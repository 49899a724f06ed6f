"""Learners who hand in all the while, and note what they were told."""

import http.client
import json
import threading
import time
import urllib.error
from collections import Counter

from tests.system import convolution

HONEST = {502, 503, 504}  # "not now": of the proxy, of us, of the proxy
ACCEPTED, WRONG = "accepted", "wrong_answer"
SOURCES = {ACCEPTED: convolution.CORRECT, WRONG: convolution.WRONG}
# urllib.error.URLError is an OSError; a body that was cut off is an HTTPException if its length was said, else no JSON.
LOST_CONNECTION = (OSError, http.client.HTTPException, ValueError)


class Learner(threading.Thread):
    """Hands in right and wrong sources in turn, every other one under a key and until it is taken; looks meanwhile.

    `said` counts the answers by status, 0 where there was none; `lies` are those that must not be.
    """

    def __init__(self, name, client):
        super().__init__(name=name, daemon=True)
        self.client = client
        self.said = Counter()
        self.lies = []
        self.accepted = {}  # id -> the verdict that must come
        self.keyed = set()  # markers of sources that were sent until they were taken
        self.going = threading.Event()
        self.going.set()
        self._ends = threading.Event()

    def run(self):
        number = 0
        while not self._ends.wait(0.5):
            self.going.wait()
            if self._has_enough():
                continue
            number += 1
            marker, wanted, is_keyed = f"{self.name}/{number}", (ACCEPTED, WRONG)[number % 2], number % 4 < 2
            while self.hand_in(marker, wanted=wanted, is_keyed=is_keyed) is None and is_keyed:
                time.sleep(0.3)
            self.look()

    def _has_enough(self):
        """Tell whether the last but two still waits: who hands in more learns no more, and holds the storm up."""
        waits = list(self.accepted)[-3:-2]
        return any((self.state_of(pk) or {"status": "unknown"})["status"] != "graded" for pk in waits)

    def end(self):
        self.going.set()
        self._ends.set()

    def hand_in(self, marker, *, wanted, is_keyed, source=None):
        """Submit a source that carries `marker` and its verdict; return its id if it was taken."""
        source = source or SOURCES[wanted]
        body = {"task": convolution.TASK, "backend": "numpy", "source": f"# {marker} {wanted}\n{source}"}
        headers = {"Idempotency-Key": marker} if is_keyed else {}
        answer = self._ask(lambda: self.client.post_json("/api/v1/submissions/", body, **headers))
        if answer is None:
            return None
        self.accepted[answer["id"]] = wanted
        if is_keyed:
            self.keyed.add(marker)
        return answer["id"]

    def look(self):
        """Read the pages that a learner has open, and the state of what was handed in last."""
        self._ask(lambda: self.client.get(f"/tasks/{convolution.TASK}/"))
        for pk in list(self.accepted)[-1:]:
            self.state_of(pk)
            self._ask(lambda pk=pk: self.client.get(f"/submissions/{pk}/"))

    def state_of(self, pk):
        """Return the state of a submission, None where nobody tells it now."""
        state = self._ask(lambda: json.loads(self.client.get(f"/api/v1/submissions/{pk}/")))
        if state is not None and state["status"] == "graded" and state["verdict"] != self.accepted[pk]:
            self.lies.append((pk, state["verdict"], "not", self.accepted[pk]))
        return state

    def _ask(self, question):
        try:
            answer = question()
        except urllib.error.HTTPError as error:
            self.said[error.code] += 1
            with error:
                if error.code not in HONEST:
                    self.lies.append((error.url, error.code, error.read(300)))
        except LOST_CONNECTION:
            self.said[0] += 1
        else:
            self.said[200] += 1
            return answer
        return None

    def until(self, question, within_s, meanwhile):
        """Ask until the answer is true, calling `meanwhile` in between."""
        deadline = time.monotonic() + within_s
        while not (answer := question()):
            assert time.monotonic() < deadline, f"it did not happen within {within_s} s: {answer}"
            meanwhile()
            time.sleep(0.05)
        return answer
