"""A learner's own input: fields to write it in, the values that it stands for, and what the code makes of it.

There is nothing to compare with: the reference is run on the inputs that a task brings along and on no others.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from courses.task_format import Task
from grader.judge.cases import shown_cases
from grader.judge.comparison import Difference
from grader.judge.examination import limits_of
from grader.judge.learner_errors import error_dict
from grader.judge.literals import LiteralError, read_literal, write_literal
from grader.judge.outputs import WHOLE, learner_outputs
from grader.judge.verdict import ArrayView, plain
from grader.judge.views import input_views, value_view
from grader.sandbox import Call, CallResult, Program, Sandbox, Status, Value

MAX_PREFILL = 2_000  # characters; a longer value is no pleasure to edit, and is taken from the case
RETURNED, RAISED = "returned", "run_time_error"


@dataclass(frozen=True, slots=True, eq=False)
class InputField:
    """One input of a task as a form asks for it. `like` is what a shown case gives for it, or the default."""

    name: str
    like: Any
    text: str
    about: str  # "float64, (2, 3)"
    choices: tuple[str, ...] = ()  # for a name of something, of which nobody could guess the others
    may_be_left_out: bool = False
    wider: np.dtype | None = None  # of the arrays that any shown case gives, where these differ in dtype

    @property
    def is_fixed(self) -> bool:
        """Whether the value is too large to be written: then it is that of the first shown case."""
        return len(self.text) > MAX_PREFILL


class OwnInputError(ValueError):
    """Some inputs are not what the task takes: `errors` has a sentence for each by name."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class OwnRun:
    """What the code made of a learner's own input. `code` is "returned", or how it ended as a verdict names it."""

    code: str
    inputs: dict[str, ArrayView]
    outputs: dict[str, ArrayView] = field(default_factory=dict)  # one named "" where the task names none
    note: str = ""  # on a value that is not of the form asked for
    error: dict[str, Any] | None = None  # as in Verdict
    detail: str = ""
    prints: str = ""
    resources: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready data."""
        data: dict[str, Any] = plain(self)
        return data


def input_fields(task: Task) -> tuple[InputField, ...]:
    """Return a field for each input that a shown case gives or the signature has a default for; () without any."""
    cases = shown_cases(task)
    defaults = _defaults(task)
    given = {name: value for case in reversed(cases) for name, value in case.inputs.items()}
    first = cases[0].inputs if cases else {}
    names = dict.fromkeys([*first, *given, *defaults])
    return tuple(_field(name, name in first, given, defaults, task) for name in names)


def _field(name: str, in_first: bool, given: Mapping[str, Any], defaults: Mapping[str, Any], task: Task) -> InputField:  # noqa: FBT001 -- told by its name above
    like = given.get(name, defaults.get(name))
    shown = like if in_first else defaults.get(name)
    is_known = in_first or name in defaults
    choices: tuple[str, ...] = ()
    if isinstance(like, str):
        choices = tuple(dict.fromkeys(case.inputs[name] for case in shown_cases(task) if name in case.inputs))
    text = (str(shown) if choices else write_literal(shown)) if is_known else ""
    arrays = [case.inputs[name] for case in shown_cases(task) if isinstance(case.inputs.get(name), np.ndarray)]
    wider = np.result_type(*arrays) if arrays else None
    about = _about(like, or_none=not in_first and name in defaults and defaults[name] is None)
    return InputField(name, like, text, about, choices, not in_first, wider)


def _about(like: Any, *, or_none: bool) -> str:
    """Return what kind of value it is, in a few words."""
    if like is None or isinstance(like, str):
        return ""
    words = f"{like.dtype}, {like.shape}" if isinstance(like, np.ndarray) else type(like).__name__
    return f"{words}, or None" if or_none else words


def _defaults(task: Task) -> dict[str, Any]:
    """Return the defaults in the signature that the inputs are passed to, as far as they are plain values."""
    source, name = (task.driver, "call") if task.driver else (task.starter, task.entry)
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return dict(_plain_defaults(node.args))
    return {}


def _plain_defaults(arguments: ast.arguments) -> Iterator[tuple[str, Any]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True)]
    pairs += [(each, value) for each, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value]
    for argument, value in pairs:
        try:
            yield argument.arg, ast.literal_eval(value)
        except ValueError:
            continue


def read_inputs(task: Task, texts: Mapping[str, str]) -> dict[str, Value]:
    """Return the inputs that `texts` stand for, in the types that the shown cases have. Raises OwnInputError."""
    fields = input_fields(task)
    inputs: dict[str, Value] = {}
    errors = dict.fromkeys(texts.keys() - {each.name for each in fields}, "This task has no such input.")
    for each in fields:
        text = each.text if each.is_fixed else texts.get(each.name, "")
        if not text.strip() and each.may_be_left_out:
            continue
        try:
            inputs[each.name] = _chosen(text, each.choices) if each.choices else _as(read_literal(text), each)
        except LiteralError as error:
            errors[each.name] = str(error)
    if errors:
        raise OwnInputError(errors)
    return inputs


def _chosen(text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise LiteralError(f"Choose one of {', '.join(choices)}.")
    return text


def _as(value: Any, each: InputField) -> Value:
    if value is None and each.may_be_left_out:
        return None
    if isinstance(each.like, np.ndarray):
        return _array(value, each.like.dtype, each.wider)
    return _like(value, each.like)


def _like(value: Any, like: Any) -> Value:
    """Return `value` in the type of `like`: lists as arrays of its dtype where it is an array."""
    if isinstance(like, np.ndarray):
        return _array(value, like.dtype)
    if isinstance(like, Mapping):
        if not isinstance(value, dict):
            raise LiteralError("Write a dict: {'name': value, ...}.")
        other = next(iter(like.values()), None)
        return {key: _like(entry, like.get(key, other)) for key, entry in value.items()}
    if isinstance(like, list | tuple):
        if not isinstance(value, list | tuple):
            raise LiteralError("Write a list: [..., ...].")
        return type(like)(_like(entry, like[0] if like else None) for entry in value)
    return _scalar(value, like)


def _array(value: Any, dtype: np.dtype, wider: np.dtype | None = None) -> np.ndarray:
    """Return nested lists as an array of `dtype`, else `wider`; nothing is cut off on the way: 1.5 is no int64."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise LiteralError("The rows are of different lengths, so this is no array.") from error
    if array.size == 0:
        array = array.astype(dtype)
    if wider is not None and not np.can_cast(array.dtype, dtype, "same_kind"):
        dtype = wider
    if not np.can_cast(array.dtype, dtype, "same_kind"):
        kinds = {"b": "True and False", "i": "whole numbers", "u": "whole numbers"}
        raise LiteralError(f"The elements have to be {kinds.get(dtype.kind, 'numbers')} ({dtype}).")
    return array.astype(dtype)


def _scalar(value: Any, like: Any) -> Value:
    if isinstance(value, list | tuple | dict):
        raise LiteralError("Write one value here, not several.")
    if isinstance(like, str) and not isinstance(value, str):
        raise LiteralError("Write a string, in quotes.")
    if isinstance(like, bool) and not isinstance(value, bool):
        raise LiteralError("Write True or False.")
    if isinstance(like, int) and not isinstance(like, bool) and (isinstance(value, bool) or not isinstance(value, int)):
        raise LiteralError("Write a whole number.")
    if isinstance(like, float):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise LiteralError("Write a number.")
        return float(value)
    return value  # type: ignore[no-any-return]  # a number, a string, True, False or None


def run_own(task: Task, source: str, inputs: Mapping[str, Value], sandbox: Sandbox) -> OwnRun:
    """Call the learner's code on `inputs`, once, in the jail. Raises SandboxError."""
    outcome = sandbox.run(Program(source, task.driver), [Call(task.entry, inputs)], limits_of(task))
    resources = outcome.resources
    views = input_views(inputs)
    if outcome.status is not Status.COMPLETED:
        error = error_dict(outcome.error, source, shown=True) if outcome.error else None
        code, detail, prints = outcome.status.value, outcome.detail, outcome.prints
        return OwnRun(code, views, error=error, detail=detail, prints=prints, resources=resources)
    [result] = outcome.results
    if result.error is not None:
        error = error_dict(result.error, source, shown=True)
        return OwnRun(RAISED, views, error=error, prints=result.prints, resources=resources)
    outputs, note = _outputs(task, result)
    return OwnRun(RETURNED, views, outputs, note, prints=outcome.prints + result.prints, resources=resources)


def _outputs(task: Task, result: CallResult) -> tuple[dict[str, ArrayView], str]:
    """Return views of what was returned, by name where the task names its outputs, and what is odd about it."""
    outputs = learner_outputs(task, result)
    if not isinstance(outputs, Difference):
        return input_views(outputs), ""
    note = f"{outputs.message} {outputs.told}".strip()
    if result.unsupported:
        return {}, note
    value = result.value
    if isinstance(value, list | tuple) and value:
        return {f"[{place}]": value_view(entry) for place, entry in enumerate(value[:8])}, note
    return input_views(value) if isinstance(value, dict) else {WHOLE: value_view(value)}, note
