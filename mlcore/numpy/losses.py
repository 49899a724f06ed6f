"""How wrong a prediction is, as one number."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def mean_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    r"""Mean of the squared differences over all M elements: 1/M Σ (y_pred − y_true)².

    Parameters
    ----------
    y_true, y_pred : array-like of one shape, any number of axes, at least one element

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), eq. 1.2, there as the sum times 1/2.
    """
    residual = np.asarray(y_pred, dtype=np.float64) - np.asarray(y_true, dtype=np.float64)
    return float(np.mean(residual**2))


def mean_absolute_error(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Mean of the absolute differences over all M elements: 1/M Σ |y_pred − y_true|.

    Parameters
    ----------
    y_true, y_pred : array-like of one shape, any number of axes, at least one element
    """
    residual = np.asarray(y_pred, dtype=np.float64) - np.asarray(y_true, dtype=np.float64)
    return float(np.mean(np.abs(residual)))


def huber_loss(y_true: ArrayLike, y_pred: ArrayLike, delta: float = 1.0) -> float:
    """Mean over all elements of r²/2 where |r| <= delta, else delta·(|r| − delta/2), with r = y_pred − y_true.

    Both branches meet at |r| = delta with the same value and slope.

    Parameters
    ----------
    y_true, y_pred : array-like of one shape, any number of axes, at least one element
    delta : float > 0, in the unit of y

    References
    ----------
    Huber, Robust Estimation of a Location Parameter, Ann. Math. Statist. 35 (1964), section 3.
    """
    size = np.abs(np.asarray(y_pred, dtype=np.float64) - np.asarray(y_true, dtype=np.float64))
    return float(np.mean(np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))))


def softmax_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> tuple[float, NDArray[np.float64]]:
    """Mean over the N samples of −log p[n, y_n], with p the softmax of each row of logits; and its gradient.

    log p[n, k] = s[n, k] − log Σ_j exp(s[n, j]), with s = logits − their row's maximum, so that no logarithm is ever
    taken of a probability that has underflowed. ∂loss/∂logits[n, k] = (p[n, k] − [k = y_n]) / N.

    Parameters
    ----------
    logits : array-like of shape (N, C), N and C at least 1
    labels : array-like of N integers in 0 … C − 1

    Returns
    -------
    loss : float
    dlogits : array of shape (N, C)

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), eqs. 4.108 and 4.109, there as sums over the samples.
    """
    logits = np.asarray(logits, dtype=np.float64)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    is_label = np.asarray(labels)[:, np.newaxis] == np.arange(logits.shape[1])
    return float(-log_p[is_label].mean()), (np.exp(log_p) - is_label) / len(logits)
