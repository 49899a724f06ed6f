"""The soak in small; `make soak-sandbox` runs a thousand."""

import pytest

from tests.hostile.soak import failures, soak

pytestmark = pytest.mark.jail


def test_honest_submissions_among_hostile_ones_are_accepted_and_nothing_stays() -> None:
    seen = soak(submissions=160, supervisors=2)
    # How late a busy machine lets a supervisor look at its clock is not asserted here, but in the soak of a thousand.
    assert [name for name in failures(seen) if name != "wall share of limit"] == []
    assert (seen["honest"], seen["hostile"]) == (80, 80)
