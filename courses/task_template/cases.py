# TODO: 12 to 20 small cases in which mistakes show: sizes that all differ, both signs, ties, one element, integers
import numpy as np


def sample(rng):
    yield "four numbers", {"y_true": np.array([1.0, -2.0, 4.0, 0.5]), "y_pred": np.array([1.5, 2.0, 3.0, 0.5])}
    yield "errors that cancel", {"y_true": np.array([1.0, 2.0, 3.0]), "y_pred": np.array([3.0, 1.0, 2.0])}
    y_true = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    yield "table", {"y_true": y_true, "y_pred": y_true + np.array([[0.5, -1.0, 0.0], [2.0, -0.25, -3.0]])}


def edge(rng):
    yield "one number", {"y_true": np.array([4.0]), "y_pred": np.array([7.5])}
    yield "errors without a sum", {"y_true": np.arange(6.0), "y_pred": np.arange(6.0)[::-1].copy()}
    yield "counts", {"y_true": rng.integers(0, 9, size=5), "y_pred": rng.normal(size=5)}


def secret(rng):
    rows, columns = (int(size) for size in rng.permutation([3, 4]))
    yield "random row", {"y_true": rng.normal(size=7), "y_pred": rng.normal(size=7)}
    yield "random table", {"y_true": rng.normal(size=(rows, columns)), "y_pred": rng.normal(size=(rows, columns))}
