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


def train(
    X: ArrayLike, y: ArrayLike, rng: np.random.Generator, hidden: int = 16, lr: float = 0.5, steps: int = 200
) -> dict[str, Array]:
    """Fit a network of one hidden layer to X (N, D) and labels y (N,) by `steps` of full-batch gradient descent.

    Weights start as normal draws of variance 2 / (number of inputs), biases at 0.

    Returns
    -------
    dict of w1 (D, hidden), b1, w2 (hidden, C) and b2, with C one more than the largest label

    References
    ----------
    He, Zhang, Ren, Sun, Delving deep into rectifiers, ICCV 2015, section 2.2, for the start.
    """
    inputs, classes = np.shape(X)[1], int(np.max(y)) + 1
    model = {
        "w1": rng.normal(scale=np.sqrt(2 / inputs), size=(inputs, hidden)),
        "b1": np.zeros(hidden),
        "w2": rng.normal(scale=np.sqrt(2 / hidden), size=(hidden, classes)),
        "b2": np.zeros(classes),
    }
    for _ in range(steps):
        gradients = two_layer_backprop(X, y, **model)
        model = {name: value - lr * gradients[f"d{name}"] for name, value in model.items()}
    return model


def predict(model: dict[str, Array], X: ArrayLike) -> NDArray[np.intp]:
    """Return the class of the largest logit for each row of X (N, D)."""
    h = relu(affine_forward(X, model["w1"], model["b1"]))
    labels: NDArray[np.intp] = affine_forward(h, model["w2"], model["b2"]).argmax(axis=1)
    return labels
