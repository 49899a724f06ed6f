"""Linear models, fitted by walking downhill. Formulas and sources: `mlcore.numpy.regression`."""

import torch
from torch import Tensor


def batch_gradient_descent(X: Tensor, y: Tensor, theta: Tensor, lr: float, steps: int) -> Tensor:
    """Take `steps` steps down half the mean squared error of X (N, D) @ theta (D,) against y (N,)."""
    X, y, theta = X.double(), y.double(), theta.double()
    for _ in range(steps):
        theta = theta - lr * X.T @ (X @ theta - y) / len(y)
    return theta.clone()


def logistic_regression_fit(
    X: Tensor, y: Tensor, w: Tensor, b: float | Tensor, lr: float, steps: int
) -> tuple[Tensor, Tensor]:
    """Take `steps` steps down the mean log loss of σ(X @ w + b), X (N, D), against labels y (N,) of 0 and 1."""
    X, y, w = X.double(), y.double(), w.double()
    b = torch.as_tensor(b, dtype=torch.float64, device=X.device)
    for _ in range(steps):
        error = torch.sigmoid(X @ w + b) - y
        w, b = w - lr * X.T @ error / len(y), b - lr * error.mean()
    return w.clone(), b.clone()
