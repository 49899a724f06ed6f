import pytest

from tests.grader.conftest import make_graded, make_submission, task  # noqa: F401 -- fixtures


@pytest.fixture(autouse=True)
def empty_broker(broker):
    """No page may see what another test left in the broker."""


@pytest.fixture
def visitor(client, catalogue):
    return client


@pytest.fixture
def signed_in(visitor, learner):
    visitor.force_login(learner)
    return visitor
