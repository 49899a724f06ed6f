"""Every reference function: one line, both twins, values and gradients."""

import numpy as np
import pytest

from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(7)
a, b = rng.normal(size=(2, 3, 4))
column, other_column = rng.normal(size=(2, 5, 1))
number, other_number = np.array(1.25), np.array(-0.5)
image, kernel, bias = rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(4, 3, 2, 3)), rng.normal(size=4)
one_image, dot, one_bias = rng.normal(size=(1, 2, 4, 7)), rng.normal(size=(3, 2, 1, 1)), rng.normal(size=3)


@pytest.mark.parametrize(
    ("name", "inputs", "options"),
    [
        ("losses:mean_squared_error", (a, b), {}),
        ("losses:mean_squared_error", (column, other_column), {}),
        ("losses:mean_squared_error", (number, other_number), {}),
        ("losses:mean_absolute_error", (a, b), {}),
        ("losses:huber_loss", (a, b), {}),
        ("losses:huber_loss", (a, b), {"delta": 0.3}),
        ("activations:relu", (a,), {}),
        ("activations:leaky_relu", (a,), {}),
        ("activations:leaky_relu", (a,), {"negative_slope": 0.3}),
        ("activations:stable_sigmoid", (3 * a,), {}),
        ("activations:gelu", (2 * a,), {}),
        ("activations:stable_softmax", (a,), {}),
        ("activations:stable_softmax", (a,), {"axis": 0}),
        ("activations:stable_softmax", (a + 1000,), {"axis": 1}),
        ("convolution:conv2d_forward", (image, kernel, bias), {}),
        ("convolution:conv2d_forward", (image, kernel, bias), {"stride": 2, "padding": 1}),
        ("convolution:conv2d_forward", (image, kernel, bias), {"stride": 3, "padding": 2}),
        ("convolution:conv2d_forward", (one_image, dot, one_bias), {"padding": 1}),
    ],
)
def test_twins_agree(name, inputs, options):
    assert_twins_agree(name, *inputs, **options)
