"""The backward pass of a convolution: both twins, PyTorch's autograd, and differences of the forward pass."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from mlcore.numpy import convolution
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(5)
STEP = 1e-5
LAYERS = [
    ((2, 3, 6, 5), (4, 3, 2, 3), 1, 0),
    ((2, 3, 6, 5), (4, 3, 2, 3), 2, 1),
    ((1, 2, 7, 4), (3, 2, 3, 2), 3, 2),
    ((3, 1, 5, 6), (2, 1, 2, 2), 2, 0),
    ((2, 2, 3, 4), (1, 2, 3, 4), 1, 0),
]


@pytest.fixture(params=LAYERS)
def layer(request):
    """Inputs dout, x, w and b, then the options."""
    image, kernel, stride, padding = request.param
    x, w, b = rng.normal(size=image), rng.normal(size=kernel), rng.normal(size=kernel[0])
    dout = rng.normal(size=convolution.conv2d_forward(x, w, b, stride, padding).shape)
    return (dout, x, w, b), {"stride": stride, "padding": padding}


def test_twins_agree(layer):
    inputs, options = layer
    assert_twins_agree("convolution:conv2d_backward", *inputs, **options)


def test_the_gradients_are_autograds(layer):
    (dout, *inputs), options = layer
    tensors = [torch.tensor(array, requires_grad=True) for array in inputs]
    expected = torch.autograd.grad(functional.conv2d(*tensors, **options), tensors, torch.from_numpy(dout))
    for mine, theirs in zip(convolution.conv2d_backward(dout, *inputs, **options), expected, strict=True):
        np.testing.assert_allclose(mine, theirs.numpy(), rtol=1e-10, atol=1e-12, strict=True)


def test_the_gradients_are_those_of_our_own_forward_pass(layer):
    """Along one direction in all inputs at once."""
    (dout, *inputs), options = layer
    directions = [rng.normal(size=array.shape) for array in inputs]

    def loss(step):
        moved = [array + step * direction for array, direction in zip(inputs, directions, strict=True)]
        return np.sum(dout * convolution.conv2d_forward(*moved, **options))

    gradients = convolution.conv2d_backward(dout, *inputs, **options)
    slope = sum(np.sum(pair[0] * pair[1]) for pair in zip(gradients, directions, strict=True))
    assert (loss(STEP) - loss(-STEP)) / (2 * STEP) == pytest.approx(slope, rel=1e-7)


def test_images_of_integers_have_gradients_with_fractions():
    x, w = np.arange(12).reshape(1, 1, 3, 4), np.full((1, 1, 2, 2), 0.25)
    dx, dw, db = convolution.conv2d_backward(np.ones((1, 1, 2, 3)), x, w, np.zeros(1))
    assert dx[0, 0].tolist() == [[0.25, 0.5, 0.5, 0.25], [0.5, 1, 1, 0.5], [0.25, 0.5, 0.5, 0.25]]
    assert dw[0, 0].tolist() == [[18, 24], [42, 48]]
    assert db.tolist() == [6]
