"""Layers of a network, forward and backward. Formulas and sources: `mlcore.numpy.layers`."""

from torch import Tensor


def affine_forward(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """x·w + b for x (N, ...) of D numbers in each sample, w (D, M) and b (M,): (N, M)."""
    return _flat(x) @ w.double() + b.double()


def affine_backward(
    dout: Tensor,
    x: Tensor,
    w: Tensor,
    b: Tensor,  # noqa: ARG001 -- as in the NumPy twin
) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients (dx, dw, db) through out = x·w + b, from dout (N, M)."""
    dout = dout.double()
    dx = (dout @ w.double().T).reshape(x.shape)
    return dx, _flat(x).T @ dout, dout.sum(dim=0)


def _flat(x: Tensor) -> Tensor:
    return x.double().reshape(len(x), -1)  # (N, D)
