"""Pooling: both twins, PyTorch's own, and who gets the gradient of a tie."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from mlcore.numpy import pooling
from mlcore.torch import pooling as torch_pooling
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(6)
LAYERS = [((2, 3, 4, 6), 2, 2), ((1, 2, 5, 7), 3, 1), ((3, 1, 7, 5), 3, 2), ((2, 2, 8, 5), 2, 3), ((2, 1, 3, 4), 1, 1)]
layers = pytest.mark.parametrize(("image", "size", "stride"), LAYERS)
images = pytest.mark.parametrize("draw", [rng.normal, lambda size: rng.integers(-2, 2, size=size).astype(float)])


def upstream(x, size, stride):
    return rng.normal(size=pooling.max_pool_forward(x, size, stride).shape)


@layers
def test_twins_of_the_forward_pass_agree(image, size, stride):
    assert_twins_agree("pooling:max_pool_forward", rng.normal(size=image), size=size, stride=stride)


@layers
@images
def test_twins_of_the_backward_pass_agree(image, size, stride, draw):
    x = draw(size=image)
    assert_twins_agree("pooling:max_pool_backward", upstream(x, size, stride), x=x, size=size, stride=stride)


@layers
@images
def test_both_passes_are_pytorchs(image, size, stride, draw):
    x = torch.tensor(draw(size=image), requires_grad=True)
    out = functional.max_pool2d(x, size, stride)
    dout = rng.normal(size=out.shape)
    [expected] = torch.autograd.grad(out, x, torch.from_numpy(dout))
    np.testing.assert_array_equal(pooling.max_pool_forward(x.detach(), size, stride), out.detach())
    np.testing.assert_allclose(pooling.max_pool_backward(dout, x.detach(), size, stride), expected, rtol=1e-10)


@pytest.mark.parametrize("convert", [np.asarray, torch.tensor])
def test_the_first_of_equal_maxima_gets_all(convert):
    module = torch_pooling if convert is torch.tensor else pooling
    x = convert([[[[1, 4, 4], [4, 0, 4]]]])
    assert module.max_pool_backward(convert([[[[0.5, 3.0]]]]), x, 2, 1).tolist() == [[[[0, 3.5, 0], [0, 0, 0]]]]


def test_a_gradient_keeps_its_fractions_where_the_image_has_none():
    dx = pooling.max_pool_backward(np.array([[[[0.25]]]]), np.array([[[[1, 2], [3, 0]]]]), 2, 2)
    assert dx.tolist() == [[[[0, 0], [0.25, 0]]]]
