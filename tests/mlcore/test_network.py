"""Backpropagation and training: both twins against each other and against autograd."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from mlcore.numpy import network
from mlcore.torch import network as torch_network

PARAMETERS = ("w1", "b1", "w2", "b2")
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
SIZES = {"batch": (6, 3, 5, 4), "one sample": (1, 4, 3, 2), "one hidden unit": (5, 2, 1, 3), "one class": (3, 2, 4, 1)}


def inputs(samples, features, hidden, classes):
    rng = np.random.default_rng(41)
    shapes = [(samples, features), (features, hidden), (hidden,), (hidden, classes), (classes,)]
    x, *parameters = (rng.normal(size=shape) for shape in shapes)
    labels = rng.integers(0, classes, size=samples)
    return {"x": x, "labels": labels, **dict(zip(PARAMETERS, parameters, strict=True))}


@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_both_twins_of_two_layer_backprop_are_autograds(sizes):
    arrays = inputs(*sizes)
    tensors = {name: torch.tensor(array) for name, array in arrays.items()}
    leaves = [tensors[name].clone().requires_grad_() for name in PARAMETERS]
    w1, b1, w2, b2 = leaves
    expected = functional.cross_entropy(torch.relu(tensors["x"] @ w1 + b1) @ w2 + b2, tensors["labels"])
    expected.backward()
    wants = {
        "loss": expected.detach(),
        **{f"d{name}": leaf.grad for name, leaf in zip(PARAMETERS, leaves, strict=True)},
    }
    in_numpy, in_torch = network.two_layer_backprop(**arrays), torch_network.two_layer_backprop(**tensors)
    assert set(in_numpy) == set(in_torch) == set(wants)
    for name, want in wants.items():
        assert in_torch[name].dtype == torch.float64
        np.testing.assert_allclose(in_numpy[name], want.numpy(), rtol=1e-10, atol=1e-14)
        np.testing.assert_allclose(in_torch[name].numpy(), want.numpy(), rtol=1e-10, atol=1e-14)


def test_the_slope_of_a_unit_at_zero_is_pytorchs():
    arrays = inputs(*SIZES["batch"]) | {"w1": np.zeros((3, 5)), "b1": np.zeros(5)}
    w1 = torch.zeros(3, 5, dtype=torch.float64, requires_grad=True)
    x, labels, w2 = (torch.tensor(arrays[name]) for name in ("x", "labels", "w2"))
    functional.cross_entropy(torch.relu(x @ w1) @ w2, labels).backward()
    np.testing.assert_array_equal(network.two_layer_backprop(**arrays)["dw1"], w1.grad.numpy())


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_training_learns_xor_and_its_opposite(seed, turned):
    y = np.array([0, 1, 1, 0]) ^ turned
    model = network.train(CORNERS, y, np.random.default_rng(seed))
    np.testing.assert_array_equal(network.predict(model, CORNERS), y)


def test_the_twins_of_training_end_with_the_same_model():
    x, labels = (inputs(12, 3, 1, 3)[name] for name in ("x", "labels"))
    model = network.train(x, labels, np.random.default_rng(3), hidden=6, steps=50)
    twin = torch_network.train(torch.tensor(x), torch.tensor(labels), np.random.default_rng(3), hidden=6, steps=50)
    for name in PARAMETERS:
        np.testing.assert_allclose(twin[name].numpy(), model[name], rtol=1e-10, atol=1e-12, strict=True)
    predicted = torch_network.predict(twin, torch.tensor(x))
    np.testing.assert_array_equal(predicted.numpy(), network.predict(model, x))
