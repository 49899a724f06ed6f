"""Whole networks of affine layers. Formulas and sources: `mlcore.numpy.network`."""

import numpy as np
import torch
from torch import Tensor

from mlcore.torch.activations import relu
from mlcore.torch.layers import affine_backward, affine_forward
from mlcore.torch.losses import softmax_cross_entropy


def two_layer_backprop(x: Tensor, labels: Tensor, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> dict[str, Tensor]:
    """Mean softmax cross-entropy of relu(x·w1 + b1)·w2 + b2 as loss, and its gradients dw1, db1, dw2 and db2."""
    z = affine_forward(x, w1, b1)  # (N, H)
    h = relu(z)
    loss, dlogits = softmax_cross_entropy(affine_forward(h, w2, b2), labels)
    dh, dw2, db2 = affine_backward(dlogits, h, w2, b2)
    _, dw1, db1 = affine_backward(dh * (z > 0), x, w1, b1)
    return {"loss": loss, "dw1": dw1, "db1": db1, "dw2": dw2, "db2": db2}


def train(X: Tensor, y: Tensor, rng: np.random.Generator) -> dict[str, Tensor]:
    """Fit the network tanh([1 X]·w1)·w2 to labels y (N,), from the same draws as the NumPy twin."""
    inputs, targets = _with_one(X), (y[:, None] == torch.unique(y)).double()
    hidden, classes = inputs.numel(), targets.shape[1]
    w1 = torch.from_numpy(rng.normal(size=(inputs.shape[1], hidden))).to(X.device)
    w2 = torch.from_numpy(rng.normal(size=(hidden, classes))).to(X.device)
    for _ in range(120):
        h = torch.tanh(inputs @ w1)  # (N, H)
        error = h @ w2 - targets  # (N, C)
        dh = error @ w2.T
        dz = dh - dh * h * h
        w1, w2 = w1 - inputs.T @ dz / h.numel(), w2 - h.T @ error / h.numel()
    return {"w1": w1, "w2": w2}


def predict(model: dict[str, Tensor], X: Tensor) -> Tensor:
    """Return the class of the largest output for each row of X (N, D)."""
    return (torch.tanh(_with_one(X) @ model["w1"]) @ model["w2"]).argmax(dim=1)


def _with_one(X: Tensor) -> Tensor:
    """Return X (N, D) with a column of ones before it."""
    return torch.column_stack((torch.ones(len(X), dtype=torch.float64, device=X.device), X.double()))
