"""How wrong a prediction is, as one number. Formulas and sources: `mlcore.numpy.losses`."""

import torch
from torch import Tensor


def mean_squared_error(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """Mean of the squared differences over all elements, as a tensor without axes."""
    return ((y_pred.double() - y_true.double()) ** 2).mean()


def mean_absolute_error(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """Mean of the absolute differences over all elements, as a tensor without axes."""
    return (y_pred.double() - y_true.double()).abs().mean()


def huber_loss(y_true: Tensor, y_pred: Tensor, delta: float = 1.0) -> Tensor:
    """Mean of the Huber loss over all elements, as a tensor without axes: quadratic up to `delta`, then linear."""
    size = (y_pred.double() - y_true.double()).abs()
    return torch.where(size <= delta, size**2 / 2, delta * (size - delta / 2)).mean()


def softmax_cross_entropy(logits: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Mean of −log softmax(logits)[n, labels[n]], as a tensor without axes, and its gradient (N, C)."""
    logits = logits.double()
    shifted = logits - logits.amax(dim=1, keepdim=True)
    log_p = shifted - torch.log(torch.exp(shifted).sum(dim=1, keepdim=True))
    is_label = labels[:, None] == torch.arange(logits.shape[1], device=logits.device)
    return -log_p[is_label].mean(), (torch.exp(log_p) - is_label.double()) / len(logits)
