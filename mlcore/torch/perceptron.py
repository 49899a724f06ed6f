"""The perceptron and its learning rule. Formulas and sources: `mlcore.numpy.perceptron`."""

from torch import Tensor


def perceptron_predict(X: Tensor, w: Tensor, b: float | Tensor) -> Tensor:
    """Return 1 where x·w + b > 0, else 0, for X (N, D) and w (D,): N integers."""
    return (X.double() @ w.double() + b > 0).long()


def perceptron_train(
    X: Tensor, y: Tensor, w: Tensor, b: float | Tensor, lr: float, epochs: int
) -> tuple[Tensor, Tensor]:
    """Return (w, b) after `epochs` passes over X (N, D) and labels y (N,), 0 or 1, sample by sample in order."""
    weights = w.double()
    bias = weights.new_tensor(float(b))
    for _ in range(epochs):
        for x, label in zip(X.double(), y, strict=True):
            step = lr * (label - perceptron_predict(x, weights, bias)).double()
            weights, bias = weights + step * x, bias + step
    return weights, bias
