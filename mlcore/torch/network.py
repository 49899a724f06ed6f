"""Whole networks of affine layers. Formulas and sources: `mlcore.numpy.network`."""

import math

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


def train(
    X: Tensor, y: Tensor, rng: np.random.Generator, hidden: int = 16, lr: float = 0.5, steps: int = 200
) -> dict[str, Tensor]:
    """Fit a network of one hidden layer to X (N, D) and labels y (N,), from the same draws as the NumPy twin."""
    inputs, classes = X.shape[1], int(y.max()) + 1
    start = {
        "w1": rng.normal(scale=math.sqrt(2 / inputs), size=(inputs, hidden)),
        "b1": np.zeros(hidden),
        "w2": rng.normal(scale=math.sqrt(2 / hidden), size=(hidden, classes)),
        "b2": np.zeros(classes),
    }
    model = {name: torch.from_numpy(value).to(X.device) for name, value in start.items()}
    for _ in range(steps):
        gradients = two_layer_backprop(X, y, **model)
        model = {name: value - lr * gradients[f"d{name}"] for name, value in model.items()}
    return model


def predict(model: dict[str, Tensor], X: Tensor) -> Tensor:
    """Return the class of the largest logit for each row of X (N, D)."""
    h = relu(affine_forward(X, model["w1"], model["b1"]))
    return affine_forward(h, model["w2"], model["b2"]).argmax(dim=1)
