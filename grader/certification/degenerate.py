"""What is wrong in every task: the reference with its results replaced by something that only looks like them."""

import dataclasses
import hashlib
import inspect
from typing import Any

import numpy as np

from courses.task_format import Task
from grader.certification.program import reference_program
from grader.certification.proofs import Jails, Proof, seeds
from grader.certification.submissions import told
from grader.judge import VerdictCode, grade
from grader.judge.cases import fixed_cases
from grader.judge.examination import examination
from grader.sandbox import Outcome, Sandbox

# Expressions of `value`, which is each array or number of a result in turn.
DEGENERATE = {
    "zeros": "value * 0",
    "ones": "value * 0 + 1",
    "a constant": "value * 0 + 0.5",
    "NaN": "value * float('nan')",
    "rounded to float16": "narrowed(value).astype(value.dtype) if is_array else narrowed(value).to(value.dtype)",
    "as float16": "narrowed(value)",
    "rounded to float16, as float32": "narrowed(value).astype('float32') if is_array else narrowed(value).float()",
    "the first input echoed": "given[0]",
    "right for the shown cases only": "value if digest(given) in {shown} else value * 0",
    "nothing": "None",
}
UNCHANGED = "value"
WRAPPER = """

import functools
import hashlib
import numpy
import numpy as np
from typing import Any
right = {name}


{digest}

@functools.wraps(right)
def {name}(*args, **inputs):
    given = [*args, *inputs.values()][{skipped}:]

    def change(value):
        if isinstance(value, dict):
            return {{key: change(entry) for key, entry in value.items()}}
        if isinstance(value, (list, tuple)):
            return type(value)(change(entry) for entry in value)
        if value is None or isinstance(value, str):
            return value
        is_array = not hasattr(value, "detach")
        value = numpy.asarray(value) if is_array else value
        narrowed = lambda value: value.astype("float16") if is_array else value.half()
        return {change}

    result = right(*args, **inputs)
    return change(result)
"""


def digest(value: Any) -> str:
    """Return what tells one value from another, whether its arrays are NumPy's or tensors."""
    if hasattr(value, "detach"):
        value = value.detach().numpy()
    if isinstance(value, np.ndarray):
        return hashlib.sha256(repr(value.shape).encode() + value.astype(float).tobytes()).hexdigest()
    if isinstance(value, dict):
        return digest([*value, *value.values()])
    return repr([digest(entry) for entry in value]) if isinstance(value, list | tuple) else repr(value)


def is_rejected(task: Task, proof: Proof, jails: Jails) -> str | None:
    """Return the problem, "" where there is none, None where the change changes nothing: labels survive rounding."""
    jail = jails(proof.backend)
    [seed] = seeds(task, proof, 1)
    wrapped, source = _changed(task, proof.backend, DEGENERATE[proof.subject])
    verdict = grade(wrapped, source, proof.backend, jail, seed=seed)
    if verdict.code in {VerdictCode.WRONG_ANSWER, VerdictCode.PARTIALLY_ACCEPTED}:
        return ""
    if verdict.code is VerdictCode.ACCEPTED and _changes_nothing(task, proof, jail, seed):
        return None
    return f"the reference's results, replaced by {proof.subject}: {told(verdict)}; they must be rejected as wrong."


def control_is_accepted(task: Task, proof: Proof, jails: Jails) -> str:
    """Show that it is the change that is rejected, not the wrapper around it."""
    jail = jails(proof.backend)
    [seed] = seeds(task, proof, 1)
    wrapped, source = _changed(task, proof.backend, UNCHANGED)
    verdict = grade(wrapped, source, proof.backend, jail, seed=seed)
    return "" if verdict.code is VerdictCode.ACCEPTED else f"the reference's results as arrays: {told(verdict)}."


def _changed(task: Task, backend: str, change: str) -> tuple[Task, str]:
    """Return the task and a submission whose results are changed: what the driver returns, where the task has one."""
    source = reference_program(task, backend).source
    shown = {digest(list(case.inputs.values())) for case in fixed_cases(task) if case.is_shown}
    parts = {"digest": inspect.getsource(digest), "change": change.format(shown=shown)}
    if not task.driver:
        return task, source + WRAPPER.format(name=task.entry, skipped=0, **parts)
    wrapped = dataclasses.replace(task, version=f"{task.version} {change}")  # caches must not take it for the task
    vars(wrapped)["driver"] = task.driver + WRAPPER.format(name="call", skipped=1, **parts)
    return wrapped, source


def _changes_nothing(task: Task, proof: Proof, jail: Sandbox, seed: int) -> bool:
    outcomes: list[Outcome] = []
    for change in (DEGENERATE[proof.subject], UNCHANGED):
        wrapped, source = _changed(task, proof.backend, change)
        outcomes.append(examination(wrapped, proof.backend, seed, shown_only=False).put_to(source, jail))
    pairs = zip(*(outcome.results for outcome in outcomes), strict=True)
    return all(_same_numbers(one.value, other.value) for one, other in pairs)


def _same_numbers(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        one, other = [*one.values()], [*other.values()]
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same_numbers, one, other))
    return bool(np.array_equal(np.asarray(one), np.asarray(other)))
