"""The references against code that is not ours, with the hard inputs among the easy ones."""

import numpy as np
import pytest
import torch
from scipy import special
from sklearn import metrics
from torch.nn import functional

from mlcore.numpy import activations, convolution, losses

rng = np.random.default_rng(11)
y_true, y_pred = rng.normal(size=(2, 40, 3))
wide = np.concatenate([rng.normal(scale=4, size=50), [-1e4, -700.0, -40.0, -0.0, 0.0, 40.0, 700.0, 1e4]])
near = rng.normal(scale=4, size=50)
hard_logits = np.array([[1000.0, 999.0, -1000.0], [-1000.0, -1001.5, -1000.0], [0.0, 0.0, 0.0], [3.0, -2.0, 710.0]])


def test_mean_squared_error_is_scikit_learns():
    assert losses.mean_squared_error(y_true, y_pred) == pytest.approx(metrics.mean_squared_error(y_true, y_pred))


def test_mean_absolute_error_is_scikit_learns():
    assert losses.mean_absolute_error(y_true, y_pred) == pytest.approx(metrics.mean_absolute_error(y_true, y_pred))


@pytest.mark.parametrize("delta", [0.25, 1.0, 10.0])
def test_huber_loss_is_scipys(delta):
    expected = special.huber(delta, y_pred - y_true).mean()
    assert losses.huber_loss(y_true, y_pred, delta) == pytest.approx(expected)


def test_squares_of_nearby_large_values_are_exact():
    assert losses.mean_squared_error([8.8e8, 8.8e8 + 1], [8.8e8 + 0.5, 8.8e8]) == 0.625


def test_sigmoid_is_scipys_in_both_tails():
    np.testing.assert_allclose(activations.stable_sigmoid(wide), special.expit(wide), rtol=1e-12)


def test_relu_and_leaky_relu_are_pytorchs():
    tensor = torch.from_numpy(wide)
    np.testing.assert_array_equal(activations.relu(wide), functional.relu(tensor).numpy())
    np.testing.assert_array_equal(activations.leaky_relu(wide), functional.leaky_relu(tensor).numpy())


def test_gelu_is_pytorchs_tanh_approximation():
    expected = functional.gelu(torch.from_numpy(near), approximate="tanh").numpy()
    np.testing.assert_allclose(activations.gelu(near), expected, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax_is_scipys(axis):
    for logits in (hard_logits, y_true):
        expected = special.softmax(logits, axis=axis)
        np.testing.assert_allclose(activations.stable_softmax(logits, axis), expected, rtol=1e-12)


def test_softmax_of_integers_is_not_rounded():
    np.testing.assert_allclose(activations.stable_softmax([1, 2, 3]), special.softmax([1.0, 2.0, 3.0]))


@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_convolution_is_pytorchs(stride, padding):
    x, w, b = rng.normal(size=(2, 3, 8, 5)), rng.normal(size=(4, 3, 3, 2)), rng.normal(size=4)
    expected = functional.conv2d(*map(torch.from_numpy, (x, w, b)), stride=stride, padding=padding).numpy()
    got = convolution.conv2d_forward(x, w, b, stride, padding)
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-12, strict=True)
