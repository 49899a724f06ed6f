import numpy as np


def _case(y_true, y_pred):
    return {"y_true": np.asarray(y_true), "y_pred": np.asarray(y_pred)}


def sample(rng):
    yield "four houses", _case([3.0, 5.0, 2.0, 8.0], [2.5, 5.0, 4.0, 7.0])
    yield "two targets each", _case([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]], [[1.5, 10.0], [2.0, 17.0], [3.0, 41.0]])
    yield "perfect prediction", _case([0.1, -7.25, 1e6], [0.1, -7.25, 1e6])


def edge(rng):
    yield "one element", _case([2.0], [-1.5])
    yield "no axes", _case(4.0, 2.3)
    yield "counts as targets", _case([3, 0, 7, 1, 12], [2.6, 0.4, 5.5, -0.7, 9.1])
    yield "column", _case([[1.0], [4.0], [-2.0], [0.5], [3.0]], [[1.2], [2.9], [-2.4], [1.5], [6.0]])
    yield "row", _case([[0.3, -1.1, 2.7]], [[1.3, -0.4, -3.3]])
    yield "stack of tables", _case(rng.normal(size=(3, 2, 5)), rng.normal(size=(3, 2, 5)))
    truth = 8.8e8 + np.array([0.0, 1700.0, -420.0, 31.0, 998.0])
    yield "satellite altitudes in millimetres", _case(truth, truth + np.array([0.5, -1.25, 2.0, 0.75, -0.5]))


def secret(rng):
    n = int(rng.integers(30, 60))
    truth = rng.normal(2.0, 3.0, size=n)
    yield "long vector", _case(truth, truth + rng.normal(0.3, 1.0, size=n))
    yield "tiny errors", _case(1e-3 * truth, 1e-3 * (truth + rng.normal(size=n)))
    yield "huge errors", _case(1e5 * truth, 1e5 * rng.normal(size=n))
    late = 1.7e9 + rng.uniform(0.0, 1e6, size=n)
    yield "timestamps in seconds", _case(late, late + rng.normal(size=n))
    shape = (int(rng.integers(4, 9)), int(rng.integers(10, 15)))
    yield "wide table", _case(rng.normal(size=shape), rng.normal(0.5, 2.0, size=shape))
    shape = (2, *(int(size) for size in rng.integers(3, 6, size=3)))
    yield "deep stack", _case(rng.normal(size=shape), rng.normal(-0.5, 1.0, size=shape))
