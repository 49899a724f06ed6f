"""The affine layer: both twins, and their gradients, against code that is not ours."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from mlcore.numpy import layers
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(31)
SHAPES = {"rows": (4, 5), "images": (3, 2, 4, 3), "one sample": (1, 6), "one number": (4, 1), "bare numbers": (4,)}
shapes = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)


def arrays(shape, outputs=2):
    inputs = int(np.prod(shape[1:]))
    return [rng.normal(size=size) for size in ((shape[0], outputs), shape, (inputs, outputs), (outputs,))]


@shapes
def test_the_twins_of_affine_forward_agree(shape):
    assert_twins_agree("layers:affine_forward", *arrays(shape)[1:])


@shapes
def test_affine_forward_is_pytorchs(shape):
    _, x, w, b = arrays(shape)
    expected = functional.linear(torch.from_numpy(x).reshape(len(x), -1), torch.from_numpy(w.T), torch.from_numpy(b))
    np.testing.assert_allclose(layers.affine_forward(x, w, b), expected.numpy(), rtol=1e-12, atol=1e-14, strict=True)


@shapes
def test_the_twins_of_affine_backward_agree(shape):
    assert_twins_agree("layers:affine_backward", *arrays(shape))


@shapes
def test_affine_backward_is_autograds(shape):
    dout, x, w, b = arrays(shape)
    leaves = [torch.tensor(array, requires_grad=True) for array in (x, w, b)]
    out = functional.linear(leaves[0].reshape(len(x), -1), leaves[1].T, leaves[2])
    expected = torch.autograd.grad(out, leaves, torch.from_numpy(dout))
    for want, got in zip(expected, layers.affine_backward(dout, x, w, b), strict=True):
        np.testing.assert_allclose(got, want.numpy(), rtol=1e-10, atol=1e-14, strict=True)


def test_pixels_of_one_byte_do_not_overflow():
    dout, _, w, b = arrays((2, 3))
    pixels = np.array([[250, 3, 128], [255, 255, 0]], dtype=np.uint8)
    dx, dw, _ = layers.affine_backward(dout, pixels, w, b)
    assert dx.dtype == np.float64
    np.testing.assert_allclose(dw, pixels.astype(float).T @ dout)
