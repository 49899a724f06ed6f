"""The soak in small; `make soak-sandbox` runs a thousand."""

import pytest

from tests.hostile.soak import failures, soak

pytestmark = pytest.mark.jail


def test_honest_submissions_among_hostile_ones_are_accepted_and_nothing_stays() -> None:
    seen = soak(submissions=160, supervisors=2)
    assert failures(seen) == []
    assert (seen["honest"], seen["hostile"]) == (80, 80)
