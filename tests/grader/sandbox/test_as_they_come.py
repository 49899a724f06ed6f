"""Results told as they come, and calls made up from them: what a run promises to those who follow it."""

import itertools
import os
import time
from collections.abc import Iterator

import pytest
from redis.exceptions import RedisError

from grader.sandbox import Call, CallResult, Limits, Program, Sandbox, Status
from grader.sandbox.conversation import BROKEN
from grader.sandbox.pool import PARKED
from tests.grader.sandbox.conftest import only_result
from tests.grader.sandbox.processes import descendants, open_descriptors, wait_until

pytestmark = pytest.mark.jail

LIMITS = Limits(cpu_s=0.3, wall_s=1.0, memory_mib=64, prints_kib=16, output_mib=1)
DOUBLE = Program("def f(x): return 2 * x\n")


class Told(list[tuple[int, CallResult]]):
    """What came, in order. It is the `on_result` of a run."""

    def __call__(self, position: int, result: CallResult) -> None:
        self.append((position, result))

    @property
    def values(self) -> list[object]:
        return [result.value for _, result in self]


def calls_for_ever(told: Told) -> Iterator[Call]:
    """Yield calls each of which passes on what the last one returned."""
    yield Call("f", {"x": 1})
    while True:
        yield Call("f", {"x": told[-1][1].value})


def test_each_result_is_told_before_the_next_call_is_asked_for(numpy_sandbox):
    order: list[str] = []

    def calls() -> Iterator[Call]:
        for x in (1, 0, 3):
            order.append(f"asked for {x}")
            yield Call("f", {"x": x})

    def on_result(position: int, result: CallResult) -> None:
        order.append(f"{position}: {result.value or result.error.type}")

    outcome = numpy_sandbox.run(Program("def f(x): return 6 // x"), calls(), on_result=on_result)
    assert order == ["asked for 1", "0: 6", "asked for 0", "1: ZeroDivisionError", "asked for 3", "2: 2"]
    assert outcome.status is Status.COMPLETED
    assert [result.value for result in outcome.results] == [6, None, 2]


def test_calls_of_a_list_are_told_too(numpy_sandbox):
    told = Told()
    outcome = numpy_sandbox.run(DOUBLE, [Call("f", {"x": x}) for x in (1, 2)], on_result=told)
    assert told == list(enumerate(outcome.results))


def test_the_next_call_may_be_made_of_the_last_result(numpy_sandbox):
    told = Told()
    outcome = numpy_sandbox.run(DOUBLE, itertools.islice(calls_for_ever(told), 10), on_result=told)
    assert outcome.status is Status.COMPLETED
    assert told.values == [2**n for n in range(1, 11)]


def test_a_run_without_any_call_is_a_run(numpy_sandbox):
    outcome = numpy_sandbox.run(DOUBLE, iter(()), on_result=Told())
    assert (outcome.status, outcome.results) == (Status.COMPLETED, ())


IN_THE_FIFTH = {
    "computes without end": ("while True: pass", Status.TIME_LIMIT_EXCEEDED),
    "sleeps without end": ("import time; time.sleep(3600)", Status.TIME_LIMIT_EXCEEDED),
    "prints without end": ("while True: print('x' * 1000)", Status.OUTPUT_LIMIT_EXCEEDED),
    "exits": ("import os; os._exit(3)", Status.RUN_TIME_ERROR),
    "crashes": ("import os; os.abort()", Status.RUN_TIME_ERROR),
    "takes all memory": ("keep = [bytes(2**20) for _ in range(10**6)]", Status.MEMORY_LIMIT_EXCEEDED),
    "opens a socket": ("import socket; socket.socket()", Status.FORBIDDEN_OPERATION),
    "answers twice": ("import os; os.write(4, os.urandom(64))", Status.RUN_TIME_ERROR),
}


@pytest.mark.parametrize(("deed", "status"), IN_THE_FIFTH.values(), ids=IN_THE_FIFTH)
def test_who_goes_wrong_in_the_fifth_call_has_told_four(numpy_sandbox, deed, status):
    source = f"n = 0\ndef f(x):\n    global n; n += 1\n    if n == 5:\n        {deed}\n    return 2 * x\n"
    told = Told()
    outcome = numpy_sandbox.run(Program(source), calls_for_ever(told), LIMITS, on_result=told)
    assert outcome.status is status
    assert told.values == [2, 4, 8, 16]
    assert [result.value for result in outcome.results][:4] == [2, 4, 8, 16]
    assert only_result(numpy_sandbox.run(DOUBLE, [Call("f", {"x": 1})])).value == 2


A_LITTLE_IN_EACH = {
    "time": ("import time; time.sleep(0.05)", Status.TIME_LIMIT_EXCEEDED),
    "processor": ("sum(range(10**6))", Status.TIME_LIMIT_EXCEEDED),
    "prints": ("print('x' * 1000)", Status.OUTPUT_LIMIT_EXCEEDED),
    "results": ("return 'x' * 2**16", Status.OUTPUT_LIMIT_EXCEEDED),
}


@pytest.mark.parametrize(("deed", "status"), A_LITTLE_IN_EACH.values(), ids=A_LITTLE_IN_EACH)
def test_calls_without_end_share_the_limits_of_one_run(numpy_sandbox, deed, status):
    told = Told()
    calls = itertools.repeat(Call("f", {}))
    outcome = numpy_sandbox.run(Program(f"def f(): {deed}\n"), calls, LIMITS, on_result=told)
    assert outcome.status is status
    assert 0 < len(told) < 1000


def test_what_the_caller_takes_is_not_the_programs_time(numpy_sandbox):
    def slow_calls() -> Iterator[Call]:
        for _ in range(3):
            time.sleep(0.25)
            yield Call("f", {"x": 1})

    def on_result(_position: int, _result: CallResult) -> None:
        time.sleep(0.25)

    outcome = numpy_sandbox.run(DOUBLE, slow_calls(), LIMITS, on_result=on_result)
    assert outcome.status is Status.COMPLETED


# The guest collects garbage after it has sent an answer: what a program puts there runs while nobody waits for it.
AFTERWARDS = "import gc, os\ndef afterwards(*_):\n    {}\ngc.collect = afterwards\ndef f(x): return x\n"


def test_a_program_that_computes_while_the_caller_is_busy_is_stopped(numpy_sandbox):
    source = AFTERWARDS.format("while True: pass")
    calls = [Call("f", {"x": 1})] * 2
    outcome = numpy_sandbox.run(Program(source), calls, LIMITS, on_result=lambda *_: time.sleep(0.6))
    assert outcome.status is Status.TIME_LIMIT_EXCEEDED
    assert len(outcome.results) == 1


def test_an_answer_that_is_sent_while_the_caller_is_busy_is_refused(numpy_sandbox):
    tree = {"value": 7, "error": None, "memory": False, "inputs_after": None, "unsupported": ""}
    send = f"from guest.frames import Kind, pack; os.write(4, pack(Kind.RESULT, 2, {tree}))"
    source = AFTERWARDS.format(f"import time; time.sleep(0.05); {send}")
    calls = [Call("f", {"x": 1})] * 2
    outcome = numpy_sandbox.run(Program(source), calls, LIMITS, on_result=lambda *_: time.sleep(0.4))
    assert (outcome.status, outcome.detail) == (Status.RUN_TIME_ERROR, BROKEN)
    # On a machine so busy that both answers are there at the first look, neither counts.
    assert [result.value for result in outcome.results] in ([1], [])


def refilled(sandbox: Sandbox) -> None:
    """Wait until all children are parked that may be."""
    wait_until(lambda: sandbox.refill() or sandbox.snapshot()["parked"] == PARKED)


# A broken connection is an OSError, as is trouble of the jail's own pipes.
@pytest.mark.parametrize("error", [ZeroDivisionError("ours"), RedisError("ours"), BrokenPipeError("ours")], ids=repr)
@pytest.mark.parametrize("whose", ["callback", "generator"])
def test_what_the_caller_raises_ends_the_program_and_spares_the_jail(error, whose):
    def fails(*_: object) -> None:
        raise error

    def failing_calls() -> Iterator[Call]:
        yield Call("f", {"x": 1})
        fails()

    followed = {
        "callback": {"calls": [Call("f", {"x": 1})] * 2, "on_result": fails},
        "generator": {"calls": failing_calls()},
    }[whose]
    with Sandbox("numpy") as sandbox:
        refilled(sandbox)
        processes, descriptors = set(descendants(os.getpid())), len(open_descriptors())
        with pytest.raises(type(error), match="ours") as raised:
            sandbox.run(DOUBLE, **followed)
        assert raised.value is error
        numbers = sandbox.snapshot()
        assert (numbers["errors"], numbers["crashes"], numbers["openings"]) == (0, 0, 1)
        wait_until(lambda: len(processes - set(descendants(os.getpid()))) == 1)  # the child of this program alone
        refilled(sandbox)
        assert len(descendants(os.getpid())) == len(processes)
        assert len(open_descriptors()) == descriptors
        assert only_result(sandbox.run(DOUBLE, [Call("f", {"x": 1})])).value == 2


def test_a_worker_that_must_stop_in_the_callers_turn_takes_its_jail_with_it():
    def stop(*_: object) -> None:
        raise SystemExit

    before = set(descendants(os.getpid()))
    sandbox = Sandbox("numpy")
    with pytest.raises(SystemExit):
        sandbox.run(DOUBLE, [Call("f", {"x": 1})] * 2, on_result=stop)
    wait_until(lambda: set(descendants(os.getpid())) == before)
