"""Values made into small tables of short strings, for a person to look at."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.judge.comparison import Difference, as_array
from grader.judge.verdict import ArrayView

SHOWN = 8  # rows and columns
DIGITS = 5
TEXT_LENGTH = 40


def value_view(value: Any) -> ArrayView:
    """Return a view of anything that crosses the wall of the jail."""
    array = _array(value)
    if array is None:
        return ArrayView([], type(value).__name__, [], [[_text(value)]])
    return _view(array, _cells(array, ()), ())


def pair_views(difference: Difference) -> tuple[ArrayView | None, ArrayView | None]:
    """Return views of got and expected: of the block with the worst element, and with what differs marked.

    Cells that differ are written with as many digits as it takes to see that they do.
    """
    got, want, wrong = difference.got, difference.want, difference.wrong
    if got is None or want is None:
        return None, None
    if wrong is None:
        return value_view(got), value_view(want)
    got = got.reshape(want.shape)
    block = (difference.worst_index or ())[: max(got.ndim - 2, 0)]
    shown, shown_got, shown_want = (_corner(array, block) for array in (wrong, got, want))
    marked = [(row, column) for row in range(shown.shape[0]) for column in range(shown.shape[1]) if shown[row, column]]
    got_cells, want_cells = _cells(got, block), _cells(want, block)
    for row, column in marked:
        texts = _told_apart(shown_got[row, column], shown_want[row, column])
        got_cells[row][column], want_cells[row][column] = texts
    return _view(got, got_cells, block, marked), _view(want, want_cells, block, marked)


def input_views(inputs: Mapping[str, Any]) -> dict[str, ArrayView]:
    """Return a view of every input; what is nested in dicts is named with dots, as in `params.i.wx`."""
    return {name: value_view(value) for name, value in _flat("", inputs)}


def number(value: float) -> str:
    """Return a number in a few significant digits."""
    return _number(value, DIGITS)


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


def _view(
    array: np.ndarray, cells: list[list[str]], block: tuple[int, ...], wrong: list[tuple[int, int]] | None = None
) -> ArrayView:
    shown = sum(len(row) for row in cells)
    block = block or (0,) * (array.ndim - 2)
    return ArrayView(list(array.shape), str(array.dtype), list(block), cells, wrong or [], truncated=shown < array.size)


def _corner(array: np.ndarray, block: tuple[int, ...]) -> np.ndarray:
    """Return the first rows and columns of the last two axes at `block`, as a table."""
    if array.ndim > 2:
        array = array[block or (0,) * (array.ndim - 2)] if array.size else array.reshape(0, 0)
    return np.atleast_2d(array)[:SHOWN, :SHOWN]


def _cells(array: np.ndarray, block: tuple[int, ...]) -> list[list[str]]:
    return [[_number(cell, DIGITS) for cell in row] for row in _corner(array, block)]


def _told_apart(got: Any, want: Any) -> tuple[str, str]:
    for digits in range(DIGITS, 18):
        texts = _number(got, digits), _number(want, digits)
        if texts[0] != texts[1]:
            break
    return texts


def _number(value: Any, digits: int) -> str:
    kind = np.asarray(value).dtype.kind
    if kind in "biu":
        return str(value)
    if kind == "c":
        return f"{complex(value):.{digits}g}"
    return f"{float(value):.{digits}g}"


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(str(key) for key in list(value)[:SHOWN]) + "}" if value else "{}"
    text = str(value) if value is None or isinstance(value, str) else type(value).__name__
    return text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - 1] + "…"
