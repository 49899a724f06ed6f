"""Batch normalisation: both twins, PyTorch's own, and what no batch can change."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from mlcore.numpy import normalization
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(8)
layers = pytest.mark.parametrize(("shape", "eps"), [((5, 3), 1e-5), ((3, 4), 0.5), ((2, 1), 0.1), ((7, 2), 1e-2)])


def layer(shape):
    """Inputs dout, x, gamma and beta."""
    return rng.normal(size=shape), rng.normal(2, 3, size=shape), rng.normal(size=shape[1]), rng.normal(size=shape[1])


@layers
def test_twins_agree(shape, eps):
    dout, *inputs = layer(shape)
    assert_twins_agree("normalization:batch_norm_forward", *inputs, eps=eps)
    assert_twins_agree("normalization:batch_norm_backward", dout, *inputs, eps=eps)


@layers
def test_both_passes_are_pytorchs(shape, eps):
    dout, *inputs = layer(shape)
    x, gamma, beta = tensors = [torch.tensor(array, requires_grad=True) for array in inputs]
    out = functional.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)
    np.testing.assert_allclose(normalization.batch_norm_forward(*inputs, eps), out.detach(), rtol=1e-10)
    expected = torch.autograd.grad(out, tensors, torch.from_numpy(dout))
    for mine, theirs in zip(normalization.batch_norm_backward(dout, *inputs, eps), expected, strict=True):
        np.testing.assert_allclose(mine, theirs.numpy(), rtol=1e-9, atol=1e-12, strict=True)


def test_moving_or_stretching_a_feature_costs_nothing():
    """So dx is orthogonal to both directions, a constant one and, but for eps, x itself."""
    dout, x, gamma, beta = layer((6, 3))
    dx, _, _ = normalization.batch_norm_backward(dout, x, gamma, beta, eps=1e-12)
    np.testing.assert_allclose(dx.sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose((dx * x).sum(axis=0), 0, atol=1e-9)


def test_one_sample_and_a_constant_feature_have_finite_gradients():
    one = normalization.batch_norm_backward([[3.0, -2.0]], [[5.0, 1.0]], [2.0, 1.0], [0.0, 0.0])
    assert [part.tolist() for part in one] == [[[0, 0]], [0, 0], [3, -2]]
    dx, dgamma, _ = normalization.batch_norm_backward([[1.0], [2.0], [6.0]], [[4], [4], [4]], [0.5], [1.0], eps=0.01)
    np.testing.assert_allclose(dx, [[-10.0], [-5.0], [15.0]])
    assert dgamma == 0
