"""Values made into small tables of short strings, pictures and curves, for a person to look at."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.judge import pictures
from grader.judge.comparison import Difference, as_array
from grader.judge.tables import Layout, told_apart
from grader.judge.verdict import ArrayView, OutputView

KEYS = 8
DIGITS_OF_DIFFERENCE = 3
TEXT_LENGTH = 40


def value_view(value: Any) -> ArrayView:
    """Return a view of anything that crosses the wall of the jail."""
    array = _array(value)
    if array is None:
        return ArrayView([], type(value).__name__, [], [[_text(value)]])
    return Layout.of(array.shape).view(array, pictures.largest(array))


def input_views(inputs: Mapping[str, Any]) -> dict[str, ArrayView]:
    """Return a view of every input; what is nested in dicts is named with dots, as in `params.i.wx`."""
    return {name: value_view(value) for name, value in _flat("", inputs)}


def output_view(name: str, got: Any, want: Any) -> OutputView:
    """Return views of an output beside what was expected, with nothing marked; None stands for what is not there."""
    arrays = [None if value is None else _array(value) for value in (got, want)]
    sizes = [pictures.largest(array) for array in reversed(arrays) if array is not None]
    scale = next((size for size in sizes if size), 0.0)
    views = [
        None if value is None else value_view(value) if array is None else _alone(array, scale)
        for value, array in zip((got, want), arrays, strict=True)
    ]
    return OutputView(name, *views)


def difference_view(difference: Difference) -> OutputView:
    """Return views of got, expected and got - expected: of the tables with wrong elements, and with these marked.

    Cells that differ are written with as many digits as it takes to see that they do.
    """
    got, want, wrong = difference.got, difference.want, difference.wrong
    if got is None or want is None or wrong is None:
        return output_view(difference.output, got, want)
    got = got.reshape(want.shape)
    layout = Layout.of(want.shape, wrong, difference.worst_index)
    scale = pictures.largest(want) or pictures.largest(got)
    apart = _subtracted(got, want, wrong)
    return OutputView(
        difference.output,
        layout.view(got, scale, texts=lambda place: told_apart(got[place], want[place])[0], with_series=True),
        layout.view(want, scale, texts=lambda place: told_apart(got[place], want[place])[1], with_series=True),
        layout.view(apart, pictures.largest(apart), digits=DIGITS_OF_DIFFERENCE, is_difference=True),
    )


def _alone(array: np.ndarray, scale: float) -> ArrayView:
    return Layout.of(array.shape).view(array, scale, with_series=True)


def _subtracted(got: np.ndarray, want: np.ndarray, wrong: np.ndarray) -> np.ndarray:
    """Return got - want in float64; 0 where both are the same infinity, or NaN."""
    got, want = got.astype(np.float64), want.astype(np.float64)
    with np.errstate(all="ignore"):
        return np.where(wrong | np.isfinite(got), got - want, 0.0)


def _flat(prefix: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(f"{prefix}{name}.", value)
        else:
            yield prefix + name, value


def _array(value: Any) -> np.ndarray | None:
    """Return `value` as an array of numbers, or None where it is something else."""
    array = as_array(value)
    return None if isinstance(array, Difference) else array


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(str(key) for key in list(value)[:KEYS]) + "}" if value else "{}"
    text = str(value) if value is None or isinstance(value, str) else type(value).__name__
    return text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - 1] + "…"
