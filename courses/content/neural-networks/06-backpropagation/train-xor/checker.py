import numpy as np


def all_right(inputs, got, want):
    """The labels of the points are those that the same points had in training; the reference is not asked."""
    is_same = (inputs["points"][:, None] == inputs["X"]).all(axis=2)  # (points, samples)
    wrong = int(np.sum(got != inputs["y"][is_same.argmax(axis=1)]))
    return f"{wrong} of the {len(got)} points got the wrong label." if wrong else ""
