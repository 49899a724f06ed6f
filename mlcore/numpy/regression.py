"""Linear models, fitted by walking downhill with the gradient over all samples."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def batch_gradient_descent(X: ArrayLike, y: ArrayLike, theta: ArrayLike, lr: float, steps: int) -> NDArray[np.float64]:
    """Take `steps` steps down the objective Q(θ) = 1/(2N) Σ_n (x_n·θ − y_n)² of a linear model.

    θ ← θ − lr/N · Xᵀ(Xθ − y), all elements of θ at once.

    Parameters
    ----------
    X : array-like of shape (N, D), N >= 1
    y : array-like of shape (N,)
    theta : array-like of shape (D,), where to start
    lr : float, learning rate
    steps : int >= 0

    Returns
    -------
    array of shape (D,)

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), eqs. 3.12 and 5.41.
    """
    X, y, theta = (np.array(array, dtype=np.float64) for array in (X, y, theta))
    for _ in range(steps):
        theta = theta - lr * X.T @ (X @ theta - y) / len(y)
    return theta


def logistic_regression_fit(
    X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, lr: float, steps: int
) -> tuple[NDArray[np.float64], float]:
    """Take `steps` steps down the mean log loss of p = σ(Xw + b), with the gradient over all samples.

    Q = −1/N Σ_n [y_n log p_n + (1 − y_n) log(1 − p_n)], ∂Q/∂w = 1/N Xᵀ(p − y), ∂Q/∂b = 1/N Σ_n (p_n − y_n);
    σ(z) = (1 + tanh(z/2))/2, which cannot overflow. Weights and bias are moved together.

    Parameters
    ----------
    X : array-like of shape (N, D), N >= 1
    y : array-like of shape (N,), labels 0 and 1
    w, b : array-like of shape (D,) and float, where to start
    lr : float, learning rate
    steps : int >= 0

    Returns
    -------
    w, b : array of shape (D,) and float

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), eqs. 4.90 and 4.91, there as a sum.
    """
    X, y, w = (np.array(array, dtype=np.float64) for array in (X, y, w))
    b = float(b)
    for _ in range(steps):
        error = (1 + np.tanh((X @ w + b) / 2)) / 2 - y
        w, b = w - lr * X.T @ error / len(y), b - lr * float(error.mean())
    return w, b
