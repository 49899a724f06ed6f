"""Learning without a teacher. Formulas and sources: `mlcore.numpy.hebbian`."""

from torch import Tensor


def hebb_update(w: Tensor, x: Tensor, lr: float) -> Tensor:
    """Return w (D,) plus lr times the mean over the batch x (N, D) of y·x, y = x·w."""
    w, x = w.double(), x.double()
    y = x @ w  # (N,)
    return w + lr * (y @ x) / len(x)
