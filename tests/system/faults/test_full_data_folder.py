"""`manage.py up` whose data folder, with SQLite, Valkey and the logs in it, is full for a while."""

import secrets

import pytest

from tests.system import convolution
from tests.system.client import Client
from tests.system.embedded import embedded
from tests.system.faults.conftest import RATES, RECOVERY_S
from tests.system.faults.disks import small_disk
from tests.system.faults.learners import ACCEPTED, Learner
from tests.system.processes import wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail, pytest.mark.root]


def test_what_does_not_fit_is_refused_and_what_was_taken_is_graded(tmp_path):
    with (
        small_disk(tmp_path / "data", mib=200) as disk,
        embedded(tmp_path / "data", **dict.fromkeys(RATES, "100000/min")) as stack,
    ):
        client = Client(stack.url)
        client.sign_in("learner", stack.passwords["learner"])
        learner = Learner("filler", client)
        assert learner.hand_in("filler/before", wanted=ACCEPTED, is_keyed=True)
        disk.fill()
        refused = number = 0
        while refused < 5:
            number += 1
            ballast = "\n".join(f"# {secrets.token_hex(40)}" for _ in range(600))
            source = f"{convolution.CORRECT}\n{ballast}"
            refused += learner.hand_in(f"filler/{number}", wanted=ACCEPTED, is_keyed=True, source=source) is None
            learner.look()
            assert number < 1000
        disk.free()
        learner.until(lambda: learner.hand_in("filler/after", wanted=ACCEPTED, is_keyed=True), RECOVERY_S, str)
        for pk in learner.accepted:
            wait_until(lambda pk=pk: (learner.state_of(pk) or {}).get("status") == "graded", RECOVERY_S)
        assert learner.lies == []
        assert stack.process.poll() is None
