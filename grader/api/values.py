"""The inputs of a case as JSON."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

FORM = (
    "Each input by name. An array is {dtype, shape, values}, its values in nested lists; every other value is itself. "
    "JSON has no NaN and no infinity: among the values of an array they are the strings nan, inf and -inf, and such a "
    "number alone is an array of shape []."
)


def json_value(value: Any) -> Any:
    """Return an input of a case in the form that FORM describes."""
    if isinstance(value, np.ndarray):
        return {"dtype": str(value.dtype), "shape": list(value.shape), "values": _finite(value.tolist())}
    if isinstance(value, Mapping):
        return {name: json_value(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return json_value(np.asarray(value))
    return value


def _finite(values: Any) -> Any:
    if isinstance(values, list):
        return [_finite(each) for each in values]
    return str(values) if isinstance(values, float) and not math.isfinite(values) else values
