"""Whole networks of affine layers: all their gradients at once, and training by gradient descent."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlcore.numpy.activations import relu
from mlcore.numpy.layers import affine_backward, affine_forward
from mlcore.numpy.losses import softmax_cross_entropy

Array = NDArray[np.float64]


def two_layer_backprop(
    x: ArrayLike, labels: ArrayLike, w1: ArrayLike, b1: ArrayLike, w2: ArrayLike, b2: ArrayLike
) -> dict[str, float | Array]:
    """Mean softmax cross-entropy of relu(x·w1 + b1)·w2 + b2, and its gradients by backpropagation.

    From the back: dlogits = (softmax − one-hot)/N, dw2 = hᵀ·dlogits, dh = dlogits·w2ᵀ, dz = dh where z > 0 and 0
    elsewhere, dw1 = xᵀ·dz; the gradient of each bias is the sum over the samples. The slope of the ReLU at 0 is 0.

    Parameters
    ----------
    x : array-like of shape (N, D)
    labels : array-like of N integers in 0 … C − 1
    w1, b1, w2, b2 : array-like of shapes (D, H), (H,), (H, C) and (C,)

    Returns
    -------
    dict of loss, a float, and of dw1, db1, dw2 and db2, arrays of the shapes of the parameters

    References
    ----------
    Rumelhart, Hinton, Williams, Learning representations by back-propagating errors, Nature 323 (1986).
    """
    z = affine_forward(x, w1, b1)  # (N, H)
    h = relu(z)
    loss, dlogits = softmax_cross_entropy(affine_forward(h, w2, b2), labels)
    dh, dw2, db2 = affine_backward(dlogits, h, w2, b2)
    _, dw1, db1 = affine_backward(dh * (z > 0), x, w1, b1)
    return {"loss": loss, "dw1": dw1, "db1": db1, "dw2": dw2, "db2": db2}


def train(X: ArrayLike, y: ArrayLike, rng: np.random.Generator) -> dict[str, Array]:
    """Fit the network tanh([1 X]·w1)·w2 to labels y by 120 steps of gradient descent on ½ Σ (output − target)².

    A row's target is 1 in the column of its label and 0 elsewhere; the biases are weights of an input that is always
    1. There are as many hidden units, H, as [1 X] has numbers: enough for some of them to start well. All weights
    start as standard normal draws. A step is 1/(N·H) times the gradient: |tanh| <= 1, so that hᵀ·h, the curvature in
    w2, has no eigenvalue above N·H.

    Parameters
    ----------
    X : array-like of shape (N, D)
    y : array-like of N integers in 0 … C − 1, each of them at least once

    Returns
    -------
    dict of w1 (1 + D, H) and w2 (H, C)

    References
    ----------
    Rumelhart, Hinton, Williams, Learning representations by back-propagating errors, Nature 323 (1986).
    """
    inputs, targets = _with_one(X), np.equal.outer(y, np.unique(y))
    w1 = rng.normal(size=(inputs.shape[1], inputs.size))
    w2 = rng.normal(size=(inputs.size, targets.shape[1]))
    for _ in range(120):
        h = np.tanh(inputs @ w1)  # (N, H)
        error = h @ w2 - targets  # (N, C)
        dh = error @ w2.T
        dz = dh - dh * h * h
        w1, w2 = w1 - inputs.T @ dz / h.size, w2 - h.T @ error / h.size
    return {"w1": w1, "w2": w2}


def predict(model: dict[str, Array], X: ArrayLike) -> NDArray[np.intp]:
    """Return the class of the largest output for each row of X (N, D)."""
    out = np.tanh(_with_one(X) @ model["w1"]) @ model["w2"]
    labels: NDArray[np.intp] = out.argmax(axis=1)
    return labels


def _with_one(X: ArrayLike) -> Array:
    """Return X (N, D) with a column of ones before it."""
    return np.column_stack((np.ones(len(np.asarray(X))), X))
