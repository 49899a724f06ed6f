import numpy as np

LINE = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 4.0]])  # a column of ones for the intercept


def _case(X, y, theta, lr, steps):
    return {"X": np.asarray(X), "y": np.asarray(y), "theta": np.asarray(theta), "lr": lr, "steps": steps}


def _random(rng, samples, features, lr, steps):
    X = rng.normal(size=(samples, features))
    return _case(X, X @ rng.normal(size=features) + rng.normal(size=samples), rng.normal(size=features), lr, steps)


def sample(rng):
    yield "one step for a line", _case(LINE, [2.0, 2.5, 6.0], [0.0, 0.0], 0.1, 1)
    yield "three steps for a line", _case(LINE, [2.0, 2.5, 6.0], [0.5, -1.0], 0.1, 3)
    yield "no step at all", _case(LINE, [2.0, 2.5, 6.0], [0.25, 1.5], 0.1, 0)


def edge(rng):
    yield "one sample", _case([[2.0, -1.0, 0.5]], [3.0], [0.1, 0.2, -0.4], 0.05, 1)
    yield "one feature", _case([[1.5], [-2.0], [0.5], [3.0]], [1.0, 0.0, -2.0, 4.0], [0.3], 0.2, 1)
    yield "more features than samples", _random(rng, 4, 7, 0.05, 6)
    scaled = _random(rng, 6, 3, 0.02, 5)
    yield "features of different size", scaled | {"X": scaled["X"] * np.array([0.1, 1.0, 8.0])}
    yield "overshooting", _random(rng, 5, 2, 2.5, 8)
    yield "whole numbers", _case([[1, 2], [1, 3], [1, 7], [1, -4]], [3, 0, 5, -2], [1, -1], 0.05, 2)


def secret(rng):
    n, d = int(rng.integers(10, 20)), int(rng.integers(6, 9))
    yield "a random step", _random(rng, n, d, float(rng.uniform(0.2, 0.5)), 1)
    yield "forty random steps", _random(rng, n + 4, d, float(rng.uniform(0.05, 0.1)), 40)
    yield (
        "random whole numbers",
        _case(rng.integers(-3, 4, size=(n, 3)), rng.integers(-9, 10, size=n), np.array([1, -2, 2]), 0.04, 3),
    )
