"""One running stack for all faults: what one test broke must have come back by itself for the next."""

import itertools

import pytest

from tests.system.client import Client
from tests.system.composed import composed
from tests.system.processes import wait_until

# The same ways back in seconds instead of minutes, and no limit on how much one learner of a test may ask.
SOON = {"SWEEP_INTERVAL_S": "1", "VISIBILITY_TIMEOUT_S": "10"}
RATES = ("SUBMIT_RATE", "READ_RATE", "ADDRESS_RATE", "SIGN_UP_RATE")
RECOVERY_S = 300
PASSWORD = "rebuild-it-from-scratch"

_learners = (f"learner-{number}" for number in itertools.count())


@pytest.fixture(scope="package")
def stack():
    with composed(**SOON, **dict.fromkeys(RATES, "100000/min")) as stack:
        yield stack


@pytest.fixture(scope="package")
def sign_up(stack):
    """Return a function that gives a new learner's client, once all is ready."""

    def sign_up():
        wait_until(lambda: stack.tend() or stack.is_ready(), RECOVERY_S)
        client = Client(stack.url)
        client.sign_up(next(_learners), PASSWORD)
        return client

    return sign_up


@pytest.fixture
def client(sign_up):
    return sign_up()
