"""The kinds of check. A kind is an entry of KINDS: how it judges an answer, and what it looks at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from courses.task_checks import SPEED_CLASSES
from courses.task_format import CheckSpec, Task
from grader.judge.authored import author_module, authors_fault
from grader.judge.cases import Case
from grader.judge.changes import are_equal, change
from grader.judge.comparison import Difference, Rules, as_array, compare
from grader.judge.errors import JudgeError
from grader.judge.gradients import Slopes, own_loss_words, ratio_words, slopes
from grader.judge.outputs import WHOLE, expected_array, expected_outputs, learner_outputs
from grader.judge.reference import reference_cpu_s
from grader.sandbox import CallResult

SAME_RUN = 1e-3
SPEED_FLOOR_S = 0.05  # quick enough beside any reference; below it the clocks tell the machine's mood


@dataclass(frozen=True, slots=True)
class Answer:
    """One case with what the learner (who raised nothing) and the reference made of it."""

    case: Case
    result: CallResult
    want: Any
    again: CallResult | None = None  # a second call with the same inputs, for the kinds that call twice
    nudged: Sequence[tuple[Mapping[str, Any], CallResult]] = ()  # two calls a small step aside, for the kinds that ask
    backend: str = "numpy"


@dataclass(frozen=True, slots=True)
class Kind:
    """`judge` returns what is wrong, `same` whether two submissions that raised nothing did the same.

    A guard says how a result came about: doing nothing passes it, so it earns points only beside another check.
    """

    judge: Callable[[Task, CheckSpec, Answer], Difference | None]
    same: Callable[[Task, CheckSpec, CallResult, CallResult], bool]
    is_guard: bool = False
    calls_twice: bool = False


def _judge_values(task: Task, check: CheckSpec, answer: Answer) -> Difference | None:
    """For allclose and exact: each output against the reference's."""
    got = learner_outputs(task, answer.result)
    if isinstance(got, Difference):
        return got
    want = expected_outputs(task, answer.want)
    for name in _checked_outputs(task, check):
        difference = compare(got[name], expected_array(task, want, name), _rules(task, check))
        if difference is not None:
            return _of_output(difference, name)
    return None


def _judge_gradient(task: Task, check: CheckSpec, answer: Answer) -> Difference | None:
    """For gradient: the reference alone decides; finite differences of the learner's own loss only choose the words.

    So neither a kink of the loss nor the error of a difference can fail a right gradient, and none that is wrong is
    saved by fitting a loss that is wrong as well. A right gradient beside a loss that it does not belong to is remarked
    upon: what is wrong there is the loss, and whether that costs points is for the check of the loss to say.
    """
    difference = _judge_values(task, check, answer)
    if difference is None:
        return _remark_on_loss(task, check, answer)
    got, want = difference.got, difference.want
    if difference.category != "values" or got is None or want is None:
        return difference
    with np.errstate(all="ignore"):  # whatever numbers the learner made, they are no warnings of ours
        said = [difference.message, ratio_words(got, want, answer.case, check.wrt, _rules(task, check))]
        found = _own_slopes(task, check, answer)
        if found is not None:
            is_right = _loss_is_right(task, check, answer)
            said.append(own_loss_words(found, got, want, check.wrt, loss_is_right=is_right))
    return replace(difference, message=" ".join(filter(None, said)))


def _remark_on_loss(task: Task, check: CheckSpec, answer: Answer) -> Difference | None:
    found = _own_slopes(task, check, answer)
    want = expected_array(task, expected_outputs(task, answer.want), check.output or WHOLE)
    if found is None or found.fit(want) or _loss_is_right(task, check, answer):
        return None
    return Difference("values", "The gradient is right, but not that of the loss that your code returns.", fails=False)


def _own_slopes(task: Task, check: CheckSpec, answer: Answer) -> Slopes | None:
    """Return how the learner's own loss changes beside the case, where calls were made there and returned one."""
    if len(answer.nudged) < 2:
        return None
    calls = [(answer.case.inputs, answer.result), *answer.nudged]
    outputs = [learner_outputs(task, result) for _, result in calls]
    losses = [None if isinstance(each, Difference) else each[check.loss] for each in outputs]
    found = slopes([inputs[check.wrt] for inputs, _ in calls], losses)
    want = expected_array(task, expected_outputs(task, answer.want), check.output)
    return found if found is not None and found.step.shape == want.shape else None


def _loss_is_right(task: Task, check: CheckSpec, answer: Answer) -> bool:
    got = learner_outputs(task, answer.result)
    want = expected_array(task, expected_outputs(task, answer.want), check.loss)
    return not isinstance(got, Difference) and compare(got[check.loss], want, _rules(task, check)) is None


def _judge_predicate(task: Task, check: CheckSpec, answer: Answer) -> Difference | None:
    """For property and training: all that `allclose` asks but the values; those are for the predicate in checker.py.

    `predicate(inputs, got, want)` returns "" or a sentence that tells no input and no expected value. `got` and `want`
    are arrays, or dicts of arrays by name where the check is about several outputs.
    """
    difference = _judge_values(task, check, answer)
    if difference is not None:
        return difference
    names = _checked_outputs(task, check)
    got = learner_outputs(task, answer.result)
    assert not isinstance(got, Difference)
    want = expected_outputs(task, answer.want)
    wants = {name: expected_array(task, want, name) for name in names}
    gots = {name: np.asarray(got[name]).reshape(wants[name].shape) for name in names}
    path = task.folder / "checker.py"
    predicate = getattr(author_module(path, task.version), check.predicate)
    with authors_fault(f"{path}: {check.predicate}, case {answer.case.name!r}"):
        of_one = len(names) == 1
        message = predicate(
            answer.case.inputs, gots[names[0]] if of_one else gots, wants[names[0]] if of_one else wants
        )
    if not isinstance(message, str):
        raise JudgeError(f"{path}: {check.predicate} returned {message!r}; return '' or a sentence.")
    return Difference("values", message) if message else None


def _judge_unchanged_inputs(task: Task, _check: CheckSpec, answer: Answer) -> Difference | None:
    after = answer.result.inputs_after
    if after is None:
        returned = learner_outputs(task, answer.result)
        unread = Difference("inputs_changed", "The inputs could not be read back after the call.")
        return returned if isinstance(returned, Difference) else unread
    for name, before in answer.case.inputs.items():
        changed = change(before, after.get(name))
        if changed:
            return Difference("inputs_changed", f"The input {name} is not the same after the call: {changed}.")
    return None


def _judge_determinism(task: Task, check: CheckSpec, answer: Answer) -> Difference | None:
    assert answer.again is not None
    if did_the_same(task, check, answer.result, answer.again):
        return None
    return Difference("values", "A second call with the same inputs gave another result.")


def _judge_speed(task: Task, check: CheckSpec, answer: Answer) -> Difference | None:
    if answer.result.cpu_s <= SPEED_FLOOR_S:
        return None
    times = answer.result.cpu_s / reference_cpu_s(task, answer.backend, answer.case)
    if times <= check.at_most:
        return None
    most = max(limit for limit in SPEED_CLASSES if limit < times)
    return Difference("too_slow", f"Your code took more than {most} times the CPU time of the reference.")


def _same_outputs(task: Task, check: CheckSpec, one: CallResult, other: CallResult) -> bool:
    if one.value is not None and are_equal(one.value, other.value):  # whatever the rules below would say of it
        return True
    ones, others = learner_outputs(task, one), learner_outputs(task, other)
    if isinstance(ones, Difference) or isinstance(others, Difference):
        return ones == others
    rules = replace(_rules(task, check), values=True, allow_float32=True)
    for name in _checked_outputs(task, check):
        array = as_array(others[name])
        if isinstance(array, Difference):
            mine = as_array(ones[name])
            return isinstance(mine, Difference) and mine.message == array.message
        if compare(ones[name], array, rules) is not None:
            return False
    return True


def _same_runs(task: Task, check: CheckSpec, one: CallResult, other: CallResult) -> bool:
    """For training: what the steps of a long run make of the last bits is no other result."""
    wide = replace(check, rtol=max(check.rtol, SAME_RUN), atol=max(check.atol, SAME_RUN))
    return _same_outputs(task, wide, one, other)


def _same_inputs_after(_task: Task, _check: CheckSpec, one: CallResult, other: CallResult) -> bool:
    if one.inputs_after is None or other.inputs_after is None:
        return False
    return not any(change(value, other.inputs_after.get(name)) for name, value in one.inputs_after.items())


KINDS: Mapping[str, Kind] = {
    "allclose": Kind(_judge_values, _same_outputs),
    "exact": Kind(_judge_values, _same_outputs),
    "gradient": Kind(_judge_gradient, _same_outputs),
    "property": Kind(_judge_predicate, _same_outputs),
    "training": Kind(_judge_predicate, _same_runs),
    "unchanged_inputs": Kind(_judge_unchanged_inputs, _same_inputs_after, is_guard=True),
    "determinism": Kind(_judge_determinism, _same_outputs, is_guard=True, calls_twice=True),
    "speed": Kind(_judge_speed, lambda *_: True, is_guard=True),
}


def did_the_same(task: Task, check: CheckSpec, one: CallResult, other: CallResult) -> bool:
    """Tell whether two submissions cannot be told apart in one case, as far as `check` looks."""
    if one.error and other.error:
        return one.error.type == other.error.type
    return not one.error and not other.error and KINDS[check.kind].same(task, check, one, other)


def _checked_outputs(task: Task, check: CheckSpec) -> tuple[str, ...]:
    return (check.output,) if check.output else task.outputs or (WHOLE,)


def _rules(task: Task, check: CheckSpec) -> Rules:
    return Rules(
        check.rtol,
        check.atol,
        exact=check.kind in {"exact", "determinism"},
        values=not check.predicate,
        allow_float32=task.allow_float32,
        exact_shapes=task.exact_shapes,
    )


def _of_output(difference: Difference, name: str) -> Difference:
    return replace(difference, output=name, message=f"{name}: {difference.message}") if name else difference
