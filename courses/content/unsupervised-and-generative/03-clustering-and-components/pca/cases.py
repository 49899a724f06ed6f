import numpy as np


def _samples(rng, n, deviations, centre=1.5):
    """Samples that vary by `deviations` along random directions, away from the origin."""
    d = len(deviations)
    directions, _ = np.linalg.qr(rng.normal(size=(d, d)))
    return rng.normal(size=(n, d)) * deviations @ directions + centre * rng.normal(size=d)


def _case(X, n_components):
    return {"X": np.array(X), "n_components": n_components}


def sample(rng):
    yield "points of the plane", _case([[1.0, 2.0], [3.0, 3.0], [5.0, 7.0], [7.0, 8.0]], 1)
    X = [[2.0, 0.0, 1.0], [4.0, 3.0, 1.0], [0.0, -2.0, 3.0], [6.0, 2.0, 0.0], [3.0, 2.0, 5.0]]
    yield "three features", _case(X, 2)
    square = [[1.0, 1.0, 4.0], [1.0, -1.0, -4.0], [-1.0, 1.0, -4.0], [-1.0, -1.0, 4.0]]
    yield "two equal variances", _case(square, 2)


def edge(rng):
    yield "all components", _case(_samples(rng, 7, [3.0, 2.0, 1.2, 0.5]), 4)
    yield "far from the origin", _case(_samples(rng, 8, [2.0, 1.0, 0.5], centre=40.0), 2)
    yield "scales of their own", _case(rng.normal(size=(9, 4)) * [10.0, 0.3, 4.0, 1.0] + [5.0, 1.0, -3.0, 0.0], 3)
    yield "one feature", _case([[3.0], [-1.0], [4.0], [1.0], [-5.0]], 1)
    yield "two samples", _case([[1.0, 4.0, -2.0], [2.0, 2.0, 0.0]], 1)
    still = _samples(rng, 6, [2.0, 1.0, 0.6])
    yield "a feature that never changes", _case(np.insert(still, 1, 7.0, axis=1), 2)
    yield "fewer samples than features", _case(_samples(rng, 4, [3.0, 2.0, 1.5, 1.0, 0.7, 0.4]), 3)
    yield "no variance left", _case(_samples(rng, 3, [2.0, 1.0, 0.5, 1.5, 1.0]), 3)
    yield "grey values", _case(rng.integers(0, 256, size=(10, 5)), 3)


def secret(rng):
    d = int(rng.integers(3, 6))
    deviations = 2.0 ** np.arange(2, 2 - d, -1)
    yield "random samples", _case(_samples(rng, d + int(rng.integers(6, 12)), deviations), int(rng.integers(2, d)))
    yield "random few samples", _case(_samples(rng, d, [3.0, 2.5, 2.0, 1.5, 1.0, 0.5, 0.25]), d - 1)
