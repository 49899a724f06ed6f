"""The outputs of one call by name: what a tuple in order and a dict by name have in common."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from courses.task_format import Task
from grader.judge.comparison import Difference, as_array
from grader.judge.errors import JudgeError
from grader.sandbox import CallResult

WHOLE = ""  # the name of the only output of a task that lists none


def learner_outputs(task: Task, result: CallResult) -> dict[str, Any] | Difference:
    """Return the learner's outputs by name, or the difference that says why they are not there."""
    names = task.outputs
    if result.unsupported:
        message = f"An object that stands for no numbers was returned, expected {_expected(names)}."
        return Difference("structure", message, told=f"Its type: {result.unsupported}.")
    if not names:
        return {WHOLE: result.value}
    if result.value is None:
        message = f"Nothing was returned (None), expected {_expected(names)}. Is a return statement missing?"
        return Difference("not_returned", message)
    if isinstance(result.value, dict):
        return _from_dict(names, result.value)
    return _from_sequence(names, result.value)


def _from_dict(names: tuple[str, ...], value: dict[str, Any]) -> dict[str, Any] | Difference:
    missing = [name for name in names if name not in value]
    if not missing:
        return {name: value[name] for name in names}
    keys = ", ".join(key[:40] for key in list(value)[:12]) or "none"
    return Difference("structure", f"The dict has no {', '.join(missing)}.", told=f"Its keys: {keys}.")


def _from_sequence(names: tuple[str, ...], value: Any) -> dict[str, Any] | Difference:
    if len(names) == 1:
        return {names[0]: value[0] if isinstance(value, tuple) and len(value) == 1 else value}
    if not isinstance(value, list | tuple):
        kind = "An array" if isinstance(value, np.ndarray) else f"A value of type {type(value).__name__}"
        return Difference("structure", f"{kind} was returned, expected {_expected(names)}.")
    if len(value) != len(names):
        return Difference("structure", f"{len(value)} values were returned, expected {_expected(names)}.")
    return dict(zip(names, value, strict=True))


def expected_outputs(task: Task, value: Any) -> dict[str, Any]:
    """Return the reference's outputs by name."""
    names = task.outputs or (WHOLE,)
    if len(names) == 1 and not isinstance(value, dict):
        return {names[0]: value}
    if isinstance(value, Mapping) and set(names) <= set(value):
        return {name: value[name] for name in names}
    if task.outputs and isinstance(value, tuple) and len(value) == len(names):
        return dict(zip(names, value, strict=True))
    raise JudgeError(
        f"{task.folder / 'task.toml'}: outputs = {list(task.outputs)} does not fit what the reference gives."
    )


def expected_array(task: Task, outputs: Mapping[str, Any], name: str) -> np.ndarray:
    """Return one of the reference's outputs as an array of real numbers."""
    array = as_array(outputs[name])
    if isinstance(array, Difference) or array.dtype.kind == "c":
        reason = array.message if isinstance(array, Difference) else "It is complex."
        raise JudgeError(f"reference {task.reference}: output {name!r} cannot be compared. {reason}")
    return array


def _expected(names: tuple[str, ...]) -> str:
    return f"({', '.join(names)})" if names else "an array or a number"
