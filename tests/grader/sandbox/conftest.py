from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from grader.sandbox import Call, CallResult, Limits, Outcome, Program, Sandbox, Status


@pytest.fixture(scope="session")
def numpy_sandbox() -> Iterator[Sandbox]:
    with Sandbox("numpy") as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def torch_sandbox() -> Iterator[Sandbox]:
    with Sandbox("torch") as sandbox:
        yield sandbox


Runner = Callable[..., Outcome]


@pytest.fixture
def run(numpy_sandbox: Sandbox) -> Runner:
    """Return run(source, inputs, ...): one call of `f`."""

    def run_one(source: str, inputs: Mapping[str, Any] | None = None, **options: Any) -> Outcome:
        return numpy_sandbox.run(Program(source), [Call("f", inputs or {}, **options)], Limits())

    return run_one


def only_result(outcome: Outcome) -> CallResult:
    assert outcome.status is Status.COMPLETED, outcome
    (result,) = outcome.results
    return result
