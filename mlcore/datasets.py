"""Data to learn from: made ones, drawn from a `rng`, and small real ones that scikit-learn brings along.

Every function returns (X, y): X float64 with one sample per row, y float64 targets or int64 labels 0, 1, 2, ...
Nothing is downloaded.
"""

import importlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


def linear_regression(
    rng: np.random.Generator, samples: int = 50, weights: ArrayLike = (2.0, -1.0), bias: float = 0.5, noise: float = 0.1
) -> tuple[Floats, Floats]:
    """Standard normal features X (samples, D) and y = X·weights + bias + noise·N(0, 1)."""
    weights = np.asarray(weights, dtype=np.float64)
    X = rng.normal(size=(samples, weights.size))
    return X, X @ weights + bias + noise * rng.normal(size=samples)


def blobs(
    rng: np.random.Generator, samples: int = 60, centres: ArrayLike = ((-2.0, 0.0), (2.0, 0.0)), spread: float = 1.0
) -> tuple[Floats, Labels]:
    """Points around `centres` (K, D), normal with standard deviation `spread`; each centre has its turn."""
    centres = np.asarray(centres, dtype=np.float64)
    labels = _in_turn(samples, len(centres))
    return centres[labels] + spread * rng.normal(size=(samples, centres.shape[1])), labels


def moons(rng: np.random.Generator, samples: int = 100, noise: float = 0.1) -> tuple[Floats, Labels]:
    """Two half circles of radius 1 that reach into each other; the second is turned over and moved by (1, 1/2)."""
    labels = _in_turn(samples, 2)
    angle = np.pi * rng.random(samples)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    X = np.where(labels[:, None] == 0, upper, np.array([1.0, 0.5]) - upper)
    return X + noise * rng.normal(size=X.shape), labels


def spirals(
    rng: np.random.Generator, samples: int = 120, arms: int = 2, turns: float = 1.0, noise: float = 0.02
) -> tuple[Floats, Labels]:
    """`arms` spirals from the centre out to radius 1, each `turns` times around."""
    labels = _in_turn(samples, arms)
    radius = np.sqrt(rng.random(samples))  # as many points per length outside as inside
    angle = 2 * np.pi * (turns * radius + labels / arms)
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return X + noise * rng.normal(size=X.shape), labels


def xor(rng: np.random.Generator, samples: int = 4, noise: float = 0.0) -> tuple[Floats, Labels]:
    """The corners (0, 0), (0, 1), (1, 0), (1, 1) in turn, moved by noise·N(0, 1); the label is 1 where they differ."""
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    place = _in_turn(samples, 4)
    labels = np.array([0, 1, 1, 0])[place]
    return corners[place] + noise * rng.normal(size=(samples, 2)), labels


def adding_problem(rng: np.random.Generator, samples: int = 32, length: int = 10) -> tuple[Floats, Floats]:
    """Sequences X (samples, length, 2) of numbers in [0, 1) and marks; y is the sum of the two marked numbers.

    One mark is in the first half of the sequence, the other in the second, so that something is to be remembered.

    Raises
    ------
    ValueError
        `length` is less than 2.

    References
    ----------
    Hochreiter and Schmidhuber, Long Short-Term Memory, Neural Computation 9 (1997), section 5.4.
    """
    if length < 2:
        raise ValueError(f"A sequence of length {length} has no room for two marks; use a length of at least 2.")
    X = np.stack([rng.random((samples, length)), np.zeros((samples, length))], axis=2)
    rows = np.arange(samples)
    X[rows, rng.integers(0, length // 2, size=samples), 1] = 1.0
    X[rows, rng.integers(length // 2, length, size=samples), 1] = 1.0
    return X, (X[:, :, 0] * X[:, :, 1]).sum(axis=1)


def digits() -> tuple[Floats, Labels]:
    """Return 1,797 handwritten digits: X (1797, 64), rows of 8 × 8 grey values from 0 to 16; y their values."""
    return _labelled("load_digits")


def iris() -> tuple[Floats, Labels]:
    """Return 150 irises of three species: X (150, 4) lengths and widths of sepals and petals in cm."""
    return _labelled("load_iris")


def wine() -> tuple[Floats, Labels]:
    """Return 178 wines of three cultivars: X (178, 13) chemical measurements of very different scales."""
    return _labelled("load_wine")


def breast_cancer() -> tuple[Floats, Labels]:
    """Return 569 tumours: X (569, 30) measurements of cell nuclei; y is 0 for malignant, 1 for benign."""
    return _labelled("load_breast_cancer")


def diabetes() -> tuple[Floats, Floats]:
    """Return 442 patients: X (442, 10) centred and scaled measurements; y the progression after one year."""
    X, y = _loaded("load_diabetes")
    return X, y.astype(np.float64)


def _labelled(loader: str) -> tuple[Floats, Labels]:
    X, y = _loaded(loader)
    return X, y.astype(np.int64)


def _loaded(loader: str) -> tuple[Floats, NDArray[np.float64 | np.int64]]:
    datasets = importlib.import_module("sklearn.datasets")  # takes a second: only for those who ask
    X, y = getattr(datasets, loader)(return_X_y=True)
    return X.astype(np.float64), y


def _in_turn(samples: int, classes: int) -> Labels:
    return np.arange(samples, dtype=np.int64) % classes
