"""How one value differs from another of the same origin, to the last bit: what a call did to its inputs."""

from collections.abc import Mapping
from typing import Any

import numpy as np


def are_equal(one: Any, other: Any) -> bool:
    """Tell whether two values from the jail are the same to the last bit, of whatever type; NaN equals NaN."""
    return not change(one, other)


def change(before: Any, after: Any) -> str:
    """Return what to say about how `after` differs from `before`: nothing where both are equal, NaN with NaN too."""
    if type(before) is not type(after):
        return f"it is {_kind(after)} instead of {_kind(before)}"
    if isinstance(before, list | tuple):
        before, after = dict(enumerate(before)), dict(enumerate(after))
    if isinstance(before, Mapping):
        changes = (change(before[key], after[key]) for key in before)
        return next(filter(None, changes), "") if set(before) == set(after) else "its entries are others"
    if isinstance(before, np.ndarray):
        return _array_change(before, after)
    return (
        ""
        if before == after or (isinstance(before, float) and np.isnan([before, after]).all())
        else "its value differs"
    )


def _array_change(before: np.ndarray, after: np.ndarray) -> str:
    if before.shape != after.shape or before.dtype != after.dtype:
        return f"it is {after.dtype} of shape {after.shape} instead of {before.dtype} of shape {before.shape}"
    if before.tobytes() == after.tobytes():  # most often; and quicker than to look for NaN
        return ""
    wrong = before != after
    if before.dtype.kind in "fc":
        wrong &= ~(np.isnan(before) & np.isnan(after))
    return f"{int(wrong.sum())} of {before.size} values differ" if wrong.any() else ""


def _kind(value: Any) -> str:
    return "an array" if isinstance(value, np.ndarray) else f"a value of type {type(value).__name__}"
