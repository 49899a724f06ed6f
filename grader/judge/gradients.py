"""What can be said of a gradient beside the loss that the same call returns.

Along one random step d, a loss L and its gradient g agree where

    g·d  lies between  L(x) - L(x - d)  and  L(x + d) - L(x),

up to a slack: for a smooth L both sides are g·d to the first order and the central difference lies between them; at a
kink every slope between the two one-sided ones is accepted, so that no choice of a subgradient is called wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.judge.cases import Case
from grader.judge.comparison import Rules, as_array, compare, was_float32

STEP = 6e-6  # times the scale of the input: the cube root of float64's precision, where central differences err least
SCALES = (1e-3, 10.0)  # an input of zeros moves too, and one of thousands by no more than this
SLACK = 1e-3  # of the sum of |g·d|: what curvature leaves, and little beside the mistakes that have words below
NEAR = 1e-3  # more than any tolerance of float32: of the one ratio that is looked at before all are
ROUNDING = 64  # of float64's (or float32's) precision


def nudged(case: Case, wrt: str, rng: np.random.Generator) -> tuple[dict[str, Any], ...]:
    """Return the inputs of a case with `wrt` moved ahead and back along one direction; nothing where it cannot move."""
    before = case.inputs[wrt]
    x = np.asarray(before)
    if not isinstance(before, np.ndarray | float) or x.dtype != np.float64:
        return ()
    scale = np.clip(np.abs(x[np.isfinite(x)]).max(initial=0.0), *SCALES)
    step = STEP * scale * rng.choice((-1.0, 1.0), x.shape) * rng.uniform(0.5, 1.5, x.shape)
    return tuple({**case.inputs, wrt: _like(before, x + sign * step)} for sign in (1.0, -1.0))


def _like(before: Any, after: np.ndarray) -> Any:
    return after if isinstance(before, np.ndarray) else float(after)


@dataclass(frozen=True, slots=True)
class Slopes:
    """How a loss changes along one step, back and ahead of it."""

    step: np.ndarray
    back: float
    ahead: float
    rounding: float

    def fit(self, gradient: np.ndarray) -> bool:
        """Tell whether this may be the gradient of the loss."""
        slope, slack = float((gradient * self.step).sum()), self._slack(gradient)
        return min(self.back, self.ahead) - slack <= slope <= max(self.back, self.ahead) + slack

    def tell_apart(self, one: np.ndarray, other: np.ndarray) -> bool:
        """Tell whether at most one of two gradients can fit."""
        apart = abs(float(((one - other) * self.step).sum()))
        return apart > abs(self.ahead - self.back) + self._slack(one) + self._slack(other)

    def _slack(self, gradient: np.ndarray) -> float:
        return SLACK * float(np.abs(gradient * self.step).sum()) + self.rounding


def slopes(inputs: Sequence[Any], losses: Sequence[Any]) -> Slopes | None:
    """Return the slopes from input and loss at the case itself, ahead and back; None where they tell nothing."""
    arrays = [as_array(loss) for loss in losses]
    numbers = [
        float(array.reshape(-1)[0])
        for array in arrays
        if isinstance(array, np.ndarray) and array.size == 1 and array.dtype.kind in "iuf"
    ]
    if len(numbers) < len(arrays) or not np.isfinite(numbers).all():
        return None
    here, ahead, back = numbers
    x, x_ahead, x_back = (np.asarray(each, np.float64) for each in inputs)
    finite = np.isfinite(x)
    step = np.subtract(x_ahead, x_back, out=np.zeros(x.shape), where=finite) / 2
    with np.errstate(over="ignore"):  # beyond float32
        precision = np.finfo(np.float32 if was_float32(np.array(numbers)) else np.float64).eps
    size = max(*np.abs(numbers), np.abs(x[finite]).max(initial=0.0))
    return Slopes(step, here - back, ahead - here, float(ROUNDING * precision * size))


def own_loss_words(found: Slopes, got: np.ndarray, want: np.ndarray, wrt: str, *, loss_is_right: bool) -> str:
    """Return how a wrong gradient goes with the learner's own loss; nothing where the step cannot tell."""
    if not found.fit(got):
        if loss_is_right:
            return "The loss is right, but this is not its gradient."
        return "The loss is wrong too, and this is not the gradient of it either."
    if not found.tell_apart(got, want):
        return ""
    if not loss_is_right:
        return "This is the gradient of the loss that your code returns, but that loss is wrong."
    return (
        "The loss is right in this case, and this is the gradient of the loss that your code returns: "
        f"around this case it changes with {wrt} in another way than it should."
    )


def ratio_words(got: np.ndarray, want: np.ndarray, case: Case, wrt: str, rules: Rules) -> str:
    """Return a sentence where every entry is wrong by the same factor, one with a meaning; else nothing."""
    if np.count_nonzero(want) < 2:
        return ""
    largest = np.unravel_index(np.argmax(np.abs(want)), want.shape)
    ratio = float(got[largest]) / float(want[largest])
    for factor, words in _factors(case, wrt):
        if abs(ratio / factor - 1) < NEAR and compare(got, factor * want, rules) is None:
            return f"Every entry {words}."
    return ""


def _factors(case: Case, wrt: str) -> Iterator[tuple[float, str]]:
    sizes = _sizes(case.inputs, wrt)
    meant = f"; 2 is {sizes.pop(2)}" if 2 in sizes else ""
    yield -1.0, "has the opposite sign"
    yield 2.0, f"is twice what it should be{meant}"
    yield 0.5, f"is half of what it should be{meant}"
    for size, what in sizes.items():
        yield float(size), f"is {size} times what it should be; {size} is {what}"
        yield 1 / size, f"is 1/{size} of what it should be; {size} is {what}"


def _sizes(inputs: Mapping[str, Any], wrt: str) -> dict[int, str]:
    """Return the sizes that losses are averaged over, with what they are: the batch comes first by convention."""
    arrays = [value for value in inputs.values() if isinstance(value, np.ndarray) and value.ndim]
    sizes = {np.size(inputs[wrt]): f"the number of elements of {wrt}"}
    if arrays:
        sizes[len(arrays[0])] = "the size of the batch"
    return {size: what for size, what in sizes.items() if size > 1}
