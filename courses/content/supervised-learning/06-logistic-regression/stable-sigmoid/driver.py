"""Tells beside the result whether NumPy warned (overflow, invalid value): a right value can come about by luck.

Where the result is NaN nothing more is to be said, and tensors, which never warn, are to be told the same as arrays.
"""

import warnings

import numpy as np


def call(learner, x):
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        result = learner.stable_sigmoid(x)
        lucky = any(issubclass(one.category, RuntimeWarning) for one in heard) and not _has_nan(result)
    return {"result": result, "warned": lucky}


def _has_nan(result):
    try:
        return bool(np.isnan(np.asarray(result, dtype=np.float64)).any())
    except (TypeError, ValueError):
        return False
