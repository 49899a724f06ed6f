import pytest

from grader import heartbeats
from tests.grader.api.client import client_of


@pytest.fixture
def api(learner, broker):
    """A client that sends the learner's token."""
    return client_of(learner)


@pytest.fixture
def staff_api(instructor, broker):
    """A client that sends the instructor's token."""
    return client_of(instructor)


@pytest.fixture
def working_worker(broker):
    """The heartbeat of a worker whose jail works."""
    heartbeats.beat(heartbeats.WorkerState("one", "host", 1, "", "", "2026-01-01T00:00:00+00:00"))
