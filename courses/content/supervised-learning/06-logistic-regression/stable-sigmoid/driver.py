"""Counts the warnings of NumPy (overflow, invalid value) beside the result: a right value can come about by luck."""

import warnings


def call(learner, x):
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        result = learner.stable_sigmoid(x)
    return {"result": result, "warnings": sum(issubclass(one.category, RuntimeWarning) for one in heard)}
