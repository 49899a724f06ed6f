"""A seat whose child cannot be watched is closed like any other: nothing else is killed, nothing stays open."""

import contextlib
import os
import resource
import signal

import pytest

from grader.sandbox import Sandbox, SandboxError
from grader.sandbox.seat import Seat
from tests.grader.sandbox.processes import alive, descendants, open_descriptors, wait_until

pytestmark = pytest.mark.jail


@pytest.fixture
def zygote():
    """A zygote without parked children."""
    with Sandbox("numpy", parked=0) as sandbox:
        yield sandbox._zygote


@contextlib.contextmanager
def no_more_descriptors():
    """Let this process open nothing more, as a worker that has leaked descriptors."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.open("/dev/null", os.O_RDONLY)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def answered(zygote):
    """Return a seat whose child was forked, and is not looked at yet."""
    seat = Seat(zygote)
    wait_until(lambda: zygote.has_answered(seat._order))
    return seat


def assert_usable(zygote):
    seat = Seat(zygote)
    assert seat.admit(wait=True)
    seat.close()


def test_a_child_that_ended_with_its_zygote(zygote):
    before = open_descriptors()
    seat = answered(zygote)
    jail = descendants(zygote._process.pid)
    for pid in jail:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(alive(pid) for pid in jail))
    with pytest.raises(SandboxError):
        seat.admit(wait=True)
    seat.close()
    assert open_descriptors() == before


def test_a_child_that_cannot_be_looked_at_is_ended(zygote):
    before, jail = open_descriptors(), descendants(os.getpid())
    seat = answered(zygote)
    with no_more_descriptors(), pytest.raises(OSError, match="Too many open files"):
        seat.admit(wait=True)
    seat.close()
    assert_usable(zygote)
    wait_until(lambda: descendants(os.getpid()) == jail)
    assert open_descriptors() == before


def test_a_child_whose_descriptor_could_not_be_received_is_ended(zygote):
    before, jail = open_descriptors(), descendants(os.getpid())
    seat = Seat(zygote)
    with no_more_descriptors():
        wait_until(lambda: zygote.has_answered(seat._order))
    assert seat._order.descriptor == -1
    with pytest.raises((SandboxError, OSError)):
        seat.admit(wait=True)
    seat.close()
    assert_usable(zygote)
    wait_until(lambda: descendants(os.getpid()) == jail)
    assert open_descriptors() == before
