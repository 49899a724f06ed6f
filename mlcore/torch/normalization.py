"""Layers that even out the features over a batch. Formulas and sources: `mlcore.numpy.normalization`."""

from torch import Tensor


def batch_norm_forward(x: Tensor, gamma: Tensor, beta: Tensor, eps: float = 1e-5) -> Tensor:
    """Normalise each feature of x (N, D) over the batch, scale by gamma (D,) and shift by beta (D,)."""
    normalised, _ = _normalised(x, eps)
    return gamma.double() * normalised + beta.double()


def batch_norm_backward(
    dout: Tensor,
    x: Tensor,
    gamma: Tensor,
    beta: Tensor,  # noqa: ARG001 -- one signature with the forward pass; no slope depends on beta
    eps: float = 1e-5,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return dx (N, D), dgamma (D,) and dbeta (D,) for dout (N, D)."""
    dout = dout.double()
    normalised, deviation = _normalised(x, eps)
    dbeta = dout.sum(dim=0)
    dgamma = (dout * normalised).sum(dim=0)
    dx = gamma.double() / deviation * (dout - (dbeta + normalised * dgamma) / len(dout))
    return dx, dgamma, dbeta


def _normalised(x: Tensor, eps: float) -> tuple[Tensor, Tensor]:
    """Return x̂ (N, D) and √(σ² + eps) (D,)."""
    x = x.double()
    deviation = (x.var(dim=0, correction=0) + eps).sqrt()
    return (x - x.mean(dim=0)) / deviation, deviation
