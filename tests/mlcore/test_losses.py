"""Softmax cross-entropy: both twins, with the gradient that they return, against code that is not ours."""

import numpy as np
import pytest
import torch
from sklearn import metrics
from torch.nn import functional

from mlcore.numpy import losses
from mlcore.torch import losses as torch_losses
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(23)
BATCHES = {
    "five samples, three classes": (rng.normal(scale=3, size=(5, 3)), [2, 0, 0, 1, 2]),
    "one sample": (rng.normal(size=(1, 4)), [3]),
    "one class": (rng.normal(size=(3, 1)), [0, 0, 0]),
    "logits of 1000": (np.array([[1000.0, -1000.0, 999.0], [-1000.0, 1000.0, 0.0], [5.0, 5.0, 5.0]]), [1, 0, 2]),
    "integers": (np.array([[3, 1, 0], [0, 5, 1]]), [0, 2]),
}
batches = pytest.mark.parametrize(("logits", "labels"), BATCHES.values(), ids=BATCHES)


@batches
def test_the_twins_of_softmax_cross_entropy_agree(logits, labels):
    # Slopes are differences of losses up to 2000, taken between points 1e-5 apart: too coarse for them.
    is_small = np.abs(logits).max() < 100 and logits.dtype.kind == "f"
    assert_twins_agree("losses:softmax_cross_entropy", logits, np.array(labels), differentiable=is_small)


@batches
def test_loss_and_gradient_are_pytorchs(logits, labels):
    leaf = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
    expected = functional.cross_entropy(leaf, torch.tensor(labels))
    expected.backward()
    loss, dlogits = losses.softmax_cross_entropy(logits, labels)
    assert loss == pytest.approx(expected.item(), rel=1e-12, abs=1e-15)
    np.testing.assert_allclose(dlogits, leaf.grad.numpy(), rtol=1e-10, atol=1e-15)


def test_the_gradient_returned_is_that_of_autograd_through_the_loss_returned():
    logits, labels = BATCHES["five samples, three classes"]
    leaf = torch.tensor(logits, requires_grad=True)
    loss, dlogits = torch_losses.softmax_cross_entropy(leaf, torch.tensor(labels))
    loss.backward()
    np.testing.assert_allclose(dlogits.detach().numpy(), leaf.grad.numpy(), rtol=1e-10, atol=1e-15)


def test_the_loss_is_scikit_learns_log_loss_of_the_probabilities():
    logits, labels = BATCHES["five samples, three classes"]
    powers = np.exp(logits)
    expected = metrics.log_loss(labels, powers / powers.sum(axis=1, keepdims=True))
    assert losses.softmax_cross_entropy(logits, labels)[0] == pytest.approx(expected)
