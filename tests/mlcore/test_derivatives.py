import numpy as np
import pytest
import torch
from scipy import optimize

from mlcore.numpy.derivatives import numerical_gradient
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(41)


@pytest.mark.parametrize("shape", [(), (1,), (5,), (3, 1), (2, 3, 2)])
def test_twins_agree(shape):
    # By a large step: the gradient of differences over a small one would be made of rounding errors.
    x = rng.normal(size=shape)
    assert_twins_agree("derivatives:numerical_gradient", lambda x: (x**3).sum() + x.sum() ** 2, x, eps=0.25)


def test_twins_agree_at_the_default_step():
    x = rng.normal(size=(2, 3))
    assert_twins_agree("derivatives:numerical_gradient", lambda x: (x**2).sum(), x, differentiable=False)


def test_an_array_without_elements_has_a_gradient_without_elements():
    empty = np.zeros((0, 3))
    assert_twins_agree("derivatives:numerical_gradient", lambda x: x.sum(), empty, differentiable=False)


@pytest.mark.parametrize("n", [2, 5])
def test_the_gradient_of_rosenbrocks_valley_is_scipys(n):
    x = rng.normal(size=n)
    np.testing.assert_allclose(numerical_gradient(optimize.rosen, x), optimize.rosen_der(x), rtol=1e-7, atol=1e-6)


def test_the_gradient_is_autograds():
    weights, x = rng.normal(size=(3, 4)), rng.normal(size=(2, 3))
    tensor = torch.tensor(x, requires_grad=True)
    torch.tanh(tensor @ torch.from_numpy(weights)).sum().backward()
    got = numerical_gradient(lambda x: np.tanh(x @ weights).sum(), x)
    np.testing.assert_allclose(got, tensor.grad.numpy(), rtol=1e-8, atol=1e-9)
