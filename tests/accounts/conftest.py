import pytest

from tests.grader.conftest import make_graded, make_submission, task  # noqa: F401 -- fixtures

PASSWORD = "correct horse battery"


@pytest.fixture
def visitor(client, catalogue, broker):
    return client


@pytest.fixture
def signed_in(visitor, learner):
    visitor.force_login(learner)
    return visitor


def reauthenticate(client, password=PASSWORD):
    """Type the password once more, as sensitive pages ask."""
    return client.post("/accounts/reauthenticate/", {"password": password, "next": "/accounts/profile/"})


@pytest.fixture
def trusted(signed_in):
    """The learner, who has just typed the password once more."""
    assert reauthenticate(signed_in).status_code == 302
    return signed_in
