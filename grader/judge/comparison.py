"""Is this what was expected? Numbers against numbers, in one order, stopping at the first thing that differs.

Order: returned at all, structure, shape, dtype, pattern of NaN and infinity, values.

- A value is right where |got − want| <= atol·scale + rtol·|want|, in float64; scale is the largest finite |want| of the
  array, but at least SCALE_FLOOR, so that the rounding error left where everything cancels counts as zero.
- Python numbers, lists, tuples and arrays that hold the same numbers are equal; so are bool, integers and floats where
  their values agree. Where they do not because of the dtype (fractions cut off), it is the dtype that is named.
- (n,) equals (n, 1), and () equals (1,), unless the task asks for exact shapes.
- float32 results, also when they come as Python numbers, get float32's tolerance where the task allows them; float16
  and complex results are refused.
- NaN equals NaN only, and each infinity only itself.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

SCALE_FLOOR = 1e-3
FLOAT32_RTOL, FLOAT32_ATOL = 1e-4, 1e-5  # sums of a few thousand products; float16 rounding is 5e-4


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as equal."""

    rtol: float
    atol: float
    exact: bool = False
    values: bool = True  # False: all but the values
    allow_float32: bool = True
    exact_shapes: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that differs, in words and numbers. `wrong` marks the differing elements of `got`."""

    category: str
    message: str
    told: str = ""  # more words, some of them the learner's own: for shown cases only, since they could carry inputs
    output: str = ""
    got: np.ndarray | None = None
    want: np.ndarray | None = None
    wrong: np.ndarray | None = None
    different: int | None = None
    worst_index: tuple[int, ...] | None = None
    max_abs_error: float | None = None
    max_rel_error: float | None = None
    fails: bool = True  # False: worth a word, and no reason to fail


def compare(got: Any, want: np.ndarray, rules: Rules) -> Difference | None:
    """Return how `got`, a value from the jail, differs from the array `want`, or None where it does not."""
    with np.errstate(all="ignore"):  # whatever numbers the learner made, they are no warnings of ours
        return _compare(got, want, rules)


def _compare(got: Any, want: np.ndarray, rules: Rules) -> Difference | None:
    array = as_array(got, want)
    if isinstance(array, Difference):
        return array
    if not _same_shape(array.shape, want.shape, rules):
        message = f"Shape is {array.shape}, expected {want.shape}."
        return Difference("shape", message, got=array, want=want)
    array = array.reshape(want.shape)
    difference = _refused_dtype(array, want, rules) or _nan_pattern(array, want)
    if difference is None and rules.values:
        difference = _values(array, want, rules)
    return difference and replace(difference, got=array, want=want)


def as_array(value: Any, want: np.ndarray | None = None) -> np.ndarray | Difference:
    """Return `value` as an array of numbers, or the difference that says why none can stand for it."""
    expected = f"expected {_described(want)}" if want is not None else "expected numbers"
    if value is None:
        return Difference("not_returned", f"Nothing was returned (None), {expected}. Is a return statement missing?")
    if isinstance(value, dict):
        return Difference("structure", f"A dict was returned, {expected}.")
    odd = _odd_part(value)
    if odd:
        return Difference("dtype", f"{odd[0].upper()}{odd[1:]} was returned, {expected}.")
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        kind = type(value).__name__
        return Difference("structure", f"A {kind} of parts with different shapes was returned, {expected}.")
    if array.dtype.kind not in "biufc":
        return Difference("dtype", f"An integer beyond 64 bits was returned, {expected}.")
    return array


def _odd_part(value: Any) -> str:
    """Return what there is in `value` that is no number, or nothing.

    Looked for before NumPy is: it would give every element of a list the room that the longest text in it takes.
    """
    parts = [value]
    while parts:
        part = parts.pop()
        if isinstance(part, list | tuple):
            parts.extend(part)
        elif not isinstance(part, bool | int | float | complex | np.ndarray | np.generic):
            name = "text" if isinstance(part, str) else "None" if part is None else f"a {type(part).__name__}"
            return name if part is value else f"a {type(value).__name__} that holds {name}"
    return ""


def _described(array: np.ndarray) -> str:
    return f"an array of shape {array.shape}" if array.ndim else "one number"


def _same_shape(got: tuple[int, ...], want: tuple[int, ...], rules: Rules) -> bool:
    if got == want:
        return True
    longer, shorter = max(got, want, key=len), min(got, want, key=len)
    return not rules.exact_shapes and len(longer) <= 2 and longer == (*shorter, 1)


def _refused_dtype(got: np.ndarray, want: np.ndarray, rules: Rules) -> Difference | None:
    expected = f"expected {want.dtype}"
    if got.dtype.kind == "c":
        return Difference("dtype", f"The result is complex ({got.dtype}), {expected}.")
    if got.dtype == np.float16:
        return Difference("dtype", f"The result is float16, which keeps three digits; {expected}.")
    if got.dtype == np.float32 and want.dtype != np.float32 and not rules.allow_float32:
        return Difference("dtype", f"The result is float32, which keeps seven digits; {expected}.")
    return None


def _nan_pattern(got: np.ndarray, want: np.ndarray) -> Difference | None:
    got, want = _float64(got), _float64(want)
    if np.isfinite(got).all() and np.isfinite(want).all():
        return None
    patterns = (
        ("NaN", np.isnan(got), np.isnan(want)),
        ("infinite", np.isposinf(got), np.isposinf(want)),
        ("minus infinite", np.isneginf(got), np.isneginf(want)),
    )
    wrong = np.logical_or.reduce([has != should for _, has, should in patterns])
    if not wrong.any():
        return None
    count = int(wrong.sum())
    index = _first(wrong)
    found = next((name for name, has, _ in patterns if has[index]), "finite")
    expected = next((name for name, _, should in patterns if should[index]), "finite")
    where = f"at index {index} the" if got.ndim else "the"
    message = f"{where} result is {found}, expected {expected}."
    if count > 1:
        message = f"{count} of {got.size} values are wrongly NaN, infinite or finite; {message}"
    return Difference("nan_pattern", message[0].upper() + message[1:], wrong=wrong, different=count, worst_index=index)


def _values(got: np.ndarray, want: np.ndarray, rules: Rules) -> Difference | None:
    wrong, error = _wrong_values(got, want, rules)
    if not wrong.any():
        return None
    count = int(wrong.sum())
    worst = np.where(wrong, error, -1.0)
    index = _index(int(np.argmax(worst)), worst.shape)
    size = np.abs(_float64(want))
    relative = np.divide(error, size, out=np.zeros_like(error), where=wrong & (size > 0))
    largest, where = float(error[index]), f" at index {index}" if got.ndim else ""
    if got.ndim:
        message = f"{count} of {got.size} values differ; the largest absolute error is {largest:.3g}{where}."
    else:
        message = f"The value differs; the absolute error is {largest:.3g}."
    category = "values"
    cut = _cut_fractions(got, want)
    if cut:
        category, message = "dtype", f"{cut} {message}"
    elif rules.allow_float32 and not _wrong_values(got.astype(np.float32), want, rules)[0].any():
        message += " Errors this small look like float32 arithmetic or a small term out of place."
    return Difference(
        category,
        message,
        wrong=wrong,
        different=count,
        worst_index=index,
        max_abs_error=largest,
        max_rel_error=float(relative.max()) if (wrong & (size > 0)).any() else None,
    )


def _wrong_values(got: np.ndarray, want: np.ndarray, rules: Rules) -> tuple[np.ndarray, np.ndarray]:
    """Return which elements are wrong, and the absolute error of each (0 where both are NaN or infinite)."""
    wide_got, wide_want = _float64(got), _float64(want)
    finite = np.isfinite(wide_want)
    error = np.abs(np.subtract(wide_got, wide_want, out=np.zeros(want.shape), where=finite))
    if rules.exact:
        # In their own dtypes: float64 cannot tell integers beyond 2**53 apart.
        return finite & (got != want), error
    size = np.abs(wide_want, out=np.zeros(want.shape), where=finite)
    scale = max(float(size.max(initial=0.0)), SCALE_FLOOR)
    wrong = finite & (error > rules.atol * scale + rules.rtol * size)
    is_float32 = np.float32 in (got.dtype, want.dtype)
    if wrong.any() and (is_float32 or (rules.allow_float32 and was_float32(got))):
        rtol, atol = max(rules.rtol, FLOAT32_RTOL), max(rules.atol, FLOAT32_ATOL)
        wrong = finite & (error > atol * scale + rtol * size)
    return wrong, error


def was_float32(array: np.ndarray) -> bool:
    """Tell whether float32 numbers were turned into Python's, as by tolist(): they fit into float32, not into less."""
    if array.dtype != np.float64:
        return False
    fits, fits_less = (array == array.astype(dtype) for dtype in (np.float32, np.float16))
    return bool((fits | np.isnan(array)).all() and not fits_less.all())


def _cut_fractions(got: np.ndarray, want: np.ndarray) -> str:
    """Return a sentence where the dtype explains that values differ, or nothing."""
    if got.dtype.kind in "biu" and want.dtype.kind == "f":
        want = _float64(want)
        if np.array_equal(got, np.trunc(want)) or np.array_equal(got, np.round(want)):
            return f"The result is {got.dtype}, expected {want.dtype}: the fractions have been cut off."
    if got.dtype.kind == "f" and want.dtype.kind in "biu" and (got != np.round(got)).any():
        return f"The result is {got.dtype} with fractions, expected {want.dtype}."
    return ""


def _float64(array: np.ndarray) -> np.ndarray:
    return array.astype(np.float64, copy=False)


def _first(wrong: np.ndarray) -> tuple[int, ...]:
    return _index(int(np.argmax(wrong)), wrong.shape)


def _index(flat: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(position) for position in np.unravel_index(flat, shape))
