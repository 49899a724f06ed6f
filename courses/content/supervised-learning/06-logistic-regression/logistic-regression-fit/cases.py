import numpy as np

HOURS = np.array([[0.5], [1.5], [2.0], [3.0], [3.5], [5.0]])
PASSED = np.array([0, 0, 1, 0, 1, 1])


def _case(X, y, w, b, lr, steps):
    return {"X": np.asarray(X), "y": np.asarray(y), "w": np.asarray(w), "b": b, "lr": lr, "steps": steps}


def _random(rng, samples, features, lr, steps):
    """Labels that follow no line exactly, more ones than zeros, weights and a bias that are not zero."""
    X = rng.normal(0.3, 1.0, size=(samples, features))
    y = (X @ rng.normal(size=features) + rng.normal(0.5, 1.0, size=samples) > 0).astype(np.int64)
    y[:2] = 0, 1
    return _case(X, y, rng.normal(size=features), float(rng.uniform(0.4, 1.2)), lr, steps)


def _large(rng, samples):
    """Rows whose scores are far out on either side, half of them wrong, beside a few ordinary ones."""
    X = rng.normal(size=(samples, 2))
    X[:, 0] = np.where(np.arange(samples) % 3 == 0, 1500.0, np.where(np.arange(samples) % 3 == 1, -1500.0, 0.4))
    y = (np.arange(samples) // 3) % 2
    return _case(X, y, [1.0, -0.5], 0.25, 1e-4, 2)


def sample(rng):
    yield "six students, one step", _case(HOURS, PASSED, [0.4], -1.0, 0.5, 1)
    yield "three steps", _case(HOURS, PASSED, [0.0], 0.0, 0.5, 3)
    yield "no step at all", _case(HOURS, PASSED, [0.75], -2.0, 0.5, 0)


def edge(rng):
    yield "one sample", _case([[2.0, -1.0, 0.5]], [0], [0.3, 0.1, -0.6], 0.8, 0.3, 1)
    yield "two features", _case([[1.0, 0.2], [0.4, -1.5], [-2.0, 0.7]], [1, 0, 1], [0.5, -0.25], -0.4, 0.7, 1)
    yield "more features than samples", _random(rng, 4, 7, 0.6, 4)
    yield "everybody passed", _case(HOURS, np.ones(6, dtype=np.int64), [0.1], -0.3, 0.2, 4)
    yield "nobody passed", _case(HOURS, np.zeros(6, dtype=np.int64), [0.1], 0.3, 0.2, 4)
    yield "scores of plus and minus 1000", _large(rng, 9)
    yield "whole numbers", _case([[1, -2, 0], [3, 1, -1], [0, 2, 2], [-1, -3, 1]], [1, 1, 0, 0], [1, 0, -1], 1, 0.5, 3)


def secret(rng):
    n, d = int(rng.integers(12, 20)), int(rng.integers(6, 9))
    yield "a random step", _random(rng, n, d, float(rng.uniform(0.5, 1.5)), 1)
    yield "thirty random steps", _random(rng, n + 5, d, float(rng.uniform(0.2, 0.6)), 30)
    yield "random large scores", _large(rng, n)
