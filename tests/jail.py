"""The real jail, opened once for a test run. Import the fixture in a conftest.py."""

import contextlib

import pytest

from grader.judge import grade
from grader.sandbox import Sandbox


@pytest.fixture(scope="session")
def sandboxes():
    """Return a function of "numpy" or "torch" that gives the open sandbox of that kind."""
    with contextlib.ExitStack() as stack:
        opened = {}

        def sandbox(kind):
            if kind not in opened:
                opened[kind] = stack.enter_context(Sandbox(kind))
            return opened[kind]

        yield sandbox


@pytest.fixture(scope="session")
def judged(sandboxes):
    """Return a function that grades a source, with a fixed seed where none is given."""

    def judged(task, source, backend="numpy", *, seed=7, shown_only=False):
        return grade(task, source, backend, sandboxes(backend), seed=seed, shown_only=shown_only)

    return judged
