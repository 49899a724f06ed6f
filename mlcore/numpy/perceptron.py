"""The perceptron: one unit with a threshold, and the rule by which it learns."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def perceptron_predict(X: ArrayLike, w: ArrayLike, b: float) -> NDArray[np.int64]:
    """Fire (1) where x·w + b > 0, else rest (0): exactly on the threshold the unit rests.

    Parameters
    ----------
    X : array-like of shape (N, D)
    w : array-like of shape (D,)
    b : float, minus the threshold

    Returns
    -------
    array of N integers
    """
    reached = np.asarray(X, dtype=np.float64) @ np.asarray(w, dtype=np.float64) + b
    return (reached > 0).astype(np.int64)


def perceptron_train(
    X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, lr: float, epochs: int
) -> tuple[NDArray[np.float64], float]:
    """Rosenblatt's rule, sample by sample in order: w ← w + lr·(y − ŷ)·x and b ← b + lr·(y − ŷ).

    ŷ comes from the weights as the sample before left them. Where ŷ is right, nothing changes. If a plane separates
    the classes, the number of mistakes is at most (R/margin)², however long the training (Novikoff 1962).

    Parameters
    ----------
    X : array-like of shape (N, D)
    y : array-like of N labels, 0 or 1
    w : array-like of shape (D,), the start, which is left as it is
    b : float, the start
    lr : float > 0
    epochs : int >= 0, passes over all samples

    Returns
    -------
    w : array of shape (D,)
    b : float

    References
    ----------
    Rosenblatt, The perceptron, Psychological Review 65 (1958); Minsky and Papert, Perceptrons (1969), chapter 11.
    """
    weights, bias = np.asarray(w, dtype=np.float64), float(b)
    for _ in range(epochs):
        for x, label in zip(np.asarray(X, dtype=np.float64), np.asarray(y), strict=True):
            step = lr * (label - perceptron_predict(x, weights, bias))
            weights, bias = weights + step * x, bias + step
    return weights, float(bias)
