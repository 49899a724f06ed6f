"""The supervisor's side of the pipes, with a process that plays no part and pipes that this test writes."""

import os
import subprocess
import time
from collections.abc import Iterator

import pytest

from grader.sandbox.child import Child
from grader.sandbox.conversation import ChildEnded, Conversation, Stopped
from grader.sandbox.guest.frames import Kind, pack
from grader.sandbox.outcome import Limits, Status

CALL = pack(Kind.CALL, 1, None)


class Ends:
    """A conversation and the child's ends of its pipes."""

    def __init__(self, child: Child) -> None:
        prints, self.prints = os.pipe()
        self.commands, commands = os.pipe()
        results, self.results = os.pipe()
        self.ours = (prints, commands, results)
        self.conversation = Conversation(child, *self.ours)
        self.conversation.begin(Limits(prints_kib=1), time.monotonic() + 5.0)


@pytest.fixture
def ends() -> Iterator[Ends]:
    with subprocess.Popen(["sleep", "60"]) as process:
        child = Child(os.pidfd_open(process.pid), 1, os.getuid())
        ends = Ends(child)
        yield ends
        for descriptor in (*ends.ours, ends.prints, ends.commands, ends.results):
            try:
                os.close(descriptor)
            except OSError:
                continue  # a test has closed it
        child.kill()
        child.close()


def test_bytes_that_are_there_before_the_question_end_the_run(ends):
    os.write(ends.results, pack(Kind.RESULT, 1, "early"))
    with pytest.raises(Stopped) as stopped:
        ends.conversation.ask(CALL, Kind.RESULT, 1)
    assert stopped.value.status is Status.RUN_TIME_ERROR


def test_an_answer_in_pieces_is_put_together_and_the_question_is_sent(ends):
    frame = pack(Kind.RESULT, 1, [1, 2, 3])
    os.write(ends.results, frame[:10])
    os.write(ends.results, frame[10:])
    assert ends.conversation.wait(Kind.RESULT, 1, CALL) == [1, 2, 3]
    assert os.read(ends.commands, 1000) == CALL


def test_a_child_that_closes_its_results_has_ended(ends):
    os.close(ends.results)
    with pytest.raises(ChildEnded):
        ends.conversation.ask(CALL, Kind.RESULT, 1)


def test_a_question_longer_than_the_pipe_waits_for_its_reader_until_the_deadline(ends):
    ends.conversation.begin(Limits(wall_s=0.1), time.monotonic() + 0.1)
    with pytest.raises(Stopped) as stopped:
        ends.conversation.ask(bytes(2**20), Kind.RESULT, 1)
    assert stopped.value.status is Status.TIME_LIMIT_EXCEEDED
    assert len(os.read(ends.commands, 2**20)) < 2**20


def test_prints_up_to_the_limit_are_kept_when_more_comes(ends):
    os.write(ends.prints, b"x" * 2000)
    with pytest.raises(Stopped) as stopped:
        ends.conversation.take_prints()
    assert stopped.value.status is Status.OUTPUT_LIMIT_EXCEEDED
    assert ends.conversation.take_last_prints() == "x" * 1024
