"""The bends between two layers, elementwise, and softmax, along one axis."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def relu(x: ArrayLike) -> NDArray[np.float64]:
    """Pass what is positive, stop the rest: max(0, x).

    References
    ----------
    Nair and Hinton, Rectified linear units improve restricted Boltzmann machines, ICML 2010.
    """
    return np.maximum(np.asarray(x, dtype=np.float64), 0.0)


def leaky_relu(x: ArrayLike, negative_slope: float = 0.01) -> NDArray[np.float64]:
    """Pass what is positive, and negative_slope·x of the rest, so that no unit is without a slope.

    References
    ----------
    Maas, Hannun, Ng, Rectifier nonlinearities improve neural network acoustic models, ICML 2013.
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0, x, negative_slope * x)


def stable_sigmoid(x: ArrayLike) -> NDArray[np.float64]:
    """1/(1 + e^(−x)), written with e^(−|x|) <= 1 only, so that neither tail overflows.

    For x < 0 the same value is e^x / (1 + e^x).
    """
    x = np.asarray(x, dtype=np.float64)
    decay = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1.0, decay) / (1.0 + decay))


def gelu(x: ArrayLike) -> NDArray[np.float64]:
    """x·Φ(x) in its usual approximation x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))), Φ the normal distribution.

    References
    ----------
    Hendrycks and Gimpel, Gaussian error linear units (2016), section 2.
    """
    x = np.asarray(x, dtype=np.float64)
    return np.asarray(x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))))


def stable_softmax(logits: ArrayLike, axis: int = -1) -> NDArray[np.float64]:
    """exp(z_k − m) / Σ_j exp(z_j − m) along `axis`, with m = max_j z_j.

    Subtracting m changes nothing on paper and keeps every exponent <= 0, so nothing overflows and no sum is 0.

    Parameters
    ----------
    logits : array-like of any shape with at least one axis, at least one element along `axis`
    axis : int, the axis along which the result sums to 1

    References
    ----------
    Goodfellow, Bengio, Courville, Deep Learning (2016), sections 4.1 and 6.2.2.3.
    """
    logits = np.asarray(logits, dtype=np.float64)
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))
