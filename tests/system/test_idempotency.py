"""1,000 submissions, each sent several times at once under its Idempotency-Key: each is stored and graded once."""

import itertools
import json
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from tests.system import convolution
from tests.system.embedded import embedded
from tests.system.postgresql import postgresql
from tests.system.processes import wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

POSTS, KEYS, AT_ONCE = 1000, 50, 16
NO_LIMITS = {"SUBMIT_RATE": "1000/s", "READ_RATE": "1000/s", "ADDRESS_RATE": "10000/s"}


@pytest.fixture(params=["sqlite", "postgresql"])
def stack(request, tmp_path):
    with ExitStack() as opened:
        environment = dict(NO_LIMITS)
        if request.param == "postgresql":  # in a folder that its user may enter
            folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="baremath-postgresql-"))
            Path(folder).chmod(0o755)
            environment["DATABASE_URL"] = opened.enter_context(postgresql(Path(folder)))
        stack = opened.enter_context(embedded(tmp_path / "data", **environment))
        stack.environment = {"BAREMATH_DATA": str(stack.data), **environment}
        yield stack


def token(stack):
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "create_token", "learner"]
    made = subprocess.run(command, env=stack.environment, check=True, capture_output=True, text=True)
    return made.stdout.strip()


class Api:
    def __init__(self, stack):
        self.url = f"{stack.url}/api/v1/submissions/"
        self.headers = {"Authorization": f"Token {token(stack)}", "Content-Type": "application/json"}
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def post(self, key):
        """Return the key, and the bytes and headers of the answer."""
        fields = {"task": convolution.TASK, "source": convolution.CORRECT + f"# {key}\n", "backend": "numpy"}
        headers = self.headers | {"Idempotency-Key": key}
        request = urllib.request.Request(self.url, json.dumps(fields).encode(), headers)
        with self.opener.open(request, timeout=60) as response:
            assert response.status == 202
            return key, response.read(), response.headers

    def submissions(self):
        """Return all submissions of the learner, page by page."""
        url, found = self.url, []
        while url:
            with self.opener.open(urllib.request.Request(url, headers=self.headers), timeout=20) as response:
                page = json.load(response)
            found, url = found + page["results"], page["next"]
        return found


def test_what_is_sent_many_times_at_once_is_done_once(stack):
    api = Api(stack)
    keys = [f"key-{number}" for number in range(KEYS)]
    in_bursts = sorted(
        itertools.islice(itertools.cycle(keys), POSTS)
    )  # those of one key next to one another: they meet
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(api.post, in_bursts))
    bodies = {key: {body for other, body, _ in answers if other == key} for key in keys}
    assert [len(bodies[key]) for key in keys] == [1] * KEYS
    replayed = Counter(headers.get("Idempotency-Replayed") for _, _, headers in answers)
    assert replayed == {None: KEYS, "true": POSTS - KEYS}
    graded = wait_until(lambda: all_graded(api), 120)
    assert Counter(each["id"] for each in graded) == Counter(json.loads(body)["id"] for (body,) in bodies.values())
    assert {each["verdict"] for each in graded} == {"accepted"}


def all_graded(api):
    submissions = api.submissions()
    return submissions if all(each["status"] == "graded" for each in submissions) else None
