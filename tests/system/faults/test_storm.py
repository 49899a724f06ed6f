"""More than 200 kills, in every phase of a submission, while learners hand in: nothing lost, nothing graded twice.

Each round holds a phase still (SIGSTOP) for one submission of its own and then kills several processes, in an order
that a seed gives, before what was killed first is back. What has ended is started again, as restart policies do;
nothing else is done for the system.
"""

import random
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from tests.system import convolution
from tests.system.faults.conftest import RECOVERY_S
from tests.system.faults.injection import KILLS
from tests.system.faults.learners import ACCEPTED, SOURCES, WRONG, Learner
from tests.system.faults.ledger import assert_nothing_lost_or_doubled, settle, waiting
from tests.system.processes import resume, stop

pytestmark = [pytest.mark.system, pytest.mark.jail]

SEED = 7
AT_ONCE = 18  # kills in one round
TIMES = dict.fromkeys(KILLS, 5) | {"worker": 2, "postgresql": 2, "web": 2, "redis": 2}  # in each phase


class Storm:
    def __init__(self, stack, learners, probe):
        self.stack = stack
        self.learners = learners
        self.probe = probe  # a learner whose submissions are held in a phase
        self.dice = random.Random(SEED)
        self.injected = Counter()  # (kill, phase)
        self.handed_in = 0

    def until(self, question, within_s=RECOVERY_S):
        return self.probe.until(question, within_s, self.stack.tend)

    def tend_for(self, seconds):
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self.stack.tend()
            time.sleep(0.02)

    def kill(self, kinds, phase):
        """Kill these, one soon after the other; return those of which there was none at the moment."""
        missing = []
        for kind in kinds:
            if KILLS[kind](self.stack, self.dice):
                self.injected[kind, phase] += 1
            else:
                missing.append(kind)
            self.tend_for(self.dice.choice([0.0, 0.1, 0.4]))
        return missing

    def hand_in(self, seconds=0.0):
        """Have the probe submit a program that takes so long, until it is taken; return its id."""
        self.handed_in += 1
        wanted = (ACCEPTED, WRONG)[self.handed_in % 2]
        source = f"import time\ntime.sleep({seconds})\n{SOURCES[wanted]}"
        marker = f"probe/{self.handed_in}"
        return self.until(lambda: self.probe.hand_in(marker, wanted=wanted, is_keyed=True, source=source))

    def wait_for(self, pk, *statuses):
        return self.until(lambda: (state := self.probe.state_of(pk)) and state["status"] in statuses)

    @contextmanager
    def frozen_worker(self):
        """Hold the process that hands out jobs and acknowledges them; those that grade go on."""
        pid = self.until(self._freeze_worker)
        try:
            yield
        finally:
            resume(pid)

    def _freeze_worker(self):
        """Return whom it froze; nobody if the worker was killed a moment ago and is to be started again."""
        worker = self.stack.children["worker"].process
        if worker.poll() is not None:
            return None
        stop(worker.pid)
        return worker.pid

    @contextmanager
    def before_the_claim(self):
        with self.frozen_worker():
            self.hand_in()
            yield

    @contextmanager
    def during_grading(self):
        self.wait_for(self.hand_in(1.5), "running", "graded")
        yield

    @contextmanager
    def after_the_verdict(self):
        pk = self.hand_in(0.7)
        self.wait_for(pk, "running", "graded")
        with self.frozen_worker():
            self.wait_for(pk, "graded")
            yield

    @contextmanager
    def idle(self):
        for learner in self.learners:
            learner.going.clear()
        self.until(lambda: waiting(self.stack) == 0)
        yield
        for learner in self.learners:
            learner.going.set()


PHASES = ("before_the_claim", "during_grading", "after_the_verdict", "idle")


@pytest.fixture(scope="module")
def storm(stack, sign_up):
    """The storm, when it is over and every submission has its verdict."""
    probe, *learners = [Learner(f"storm-{number}", sign_up()) for number in range(6)]
    storm = Storm(stack, learners, probe)
    for learner in learners:
        learner.start()
    to_come = {phase: storm.dice.sample(bag(), len(bag())) for phase in PHASES}
    rounds = 0
    while any(to_come.values()):
        rounds += 1
        assert rounds < 100, f"not to be killed: {to_come}"
        phase = storm.dice.choice([phase for phase, kinds in to_come.items() if kinds])
        now, later = to_come[phase][:AT_ONCE], to_come[phase][AT_ONCE:]
        with getattr(storm, phase)():
            missing = storm.kill(sorted(now, key=lambda kind: kind == "worker"), phase)
        to_come[phase] = later + missing
    settle(stack, *learners)
    return storm


def bag():
    return [kind for kind, times in TIMES.items() for _ in range(times)]


def test_more_than_200_kills_lose_nothing_and_double_nothing(stack, storm):
    table = [f"{kind:16}" + "".join(f"{storm.injected[kind, phase]:20}" for phase in PHASES) for kind in KILLS]
    everybody = [storm.probe, *storm.learners]
    taken, stored = assert_nothing_lost_or_doubled(stack, *everybody)
    said = sum((each.said for each in everybody), Counter())
    print("\n".join([" " * 16 + "".join(f"{phase:>20}" for phase in PHASES), *table]))  # noqa: T201 -- shown by -rP
    print(f"{storm.injected.total()} kills, {taken} taken, {stored} stored, answers {dict(said)}")  # noqa: T201 -- the same
    assert storm.injected.total() >= 200
    assert all(storm.injected[kind, phase] for kind in KILLS for phase in PHASES)
    assert taken > 100


def test_all_works_as_before(storm, client):
    convolution.assert_both_verdicts_are_right(client)
