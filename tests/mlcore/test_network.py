"""Backpropagation and training: both twins against each other and against autograd."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from mlcore.numpy import network
from tests.mlcore.parity import assert_twins_agree

PARAMETERS = ("w1", "b1", "w2", "b2")
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
SIZES = {"batch": (6, 3, 5, 4), "one sample": (1, 4, 3, 2), "one hidden unit": (5, 2, 1, 3), "one class": (3, 2, 4, 1)}


def inputs(samples, features, hidden, classes):
    rng = np.random.default_rng(41)
    shapes = [(samples, features), (features, hidden), (hidden,), (hidden, classes), (classes,)]
    x, *parameters = (rng.normal(size=shape) for shape in shapes)
    labels = rng.integers(0, classes, size=samples)
    return {"x": x, "labels": labels, **dict(zip(PARAMETERS, parameters, strict=True))}


sizes = pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)


@sizes
def test_the_twins_of_two_layer_backprop_agree(sizes):
    assert_twins_agree("network:two_layer_backprop", *inputs(*sizes).values())


@sizes
def test_two_layer_backprop_is_autograds(sizes):
    arrays = inputs(*sizes)
    tensors = {name: torch.tensor(array, requires_grad=name in PARAMETERS) for name, array in arrays.items()}
    hidden = torch.relu(tensors["x"] @ tensors["w1"] + tensors["b1"])
    expected = functional.cross_entropy(hidden @ tensors["w2"] + tensors["b2"], tensors["labels"])
    expected.backward()
    got = network.two_layer_backprop(**arrays)
    assert got.pop("loss") == pytest.approx(expected.item(), rel=1e-12)
    assert list(got) == ["dw1", "db1", "dw2", "db2"]
    for name, gradient in got.items():
        np.testing.assert_allclose(gradient, tensors[name[1:]].grad.numpy(), rtol=1e-10, atol=1e-14, strict=True)


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


def test_training_descends_along_autograds_gradient():
    rng = np.random.default_rng(5)
    w1, w2 = (torch.tensor(rng.normal(size=shape), requires_grad=True) for shape in ((3, 12), (12, 2)))
    ones, targets = torch.ones(4, 1, dtype=torch.float64), functional.one_hot(torch.tensor([0, 1, 1, 0]))
    descent = torch.optim.SGD([w1, w2], lr=1 / 48)
    for _ in range(120):
        out = torch.tanh(torch.cat([ones, torch.tensor(CORNERS)], dim=1) @ w1) @ w2
        descent.zero_grad()
        (functional.mse_loss(out, targets.double(), reduction="sum") / 2).backward()
        descent.step()
    model = network.train(CORNERS, [0, 1, 1, 0], np.random.default_rng(5))
    np.testing.assert_allclose(model["w1"], w1.detach().numpy(), rtol=1e-9)
    np.testing.assert_allclose(model["w2"], w2.detach().numpy(), rtol=1e-9)


def test_the_twins_of_training_end_with_the_same_model():
    x, labels = (inputs(12, 3, 1, 3)[name] for name in ("x", "labels"))
    assert_twins_agree("network:train", x, labels, np.random.default_rng(3), differentiable=False)


def test_the_twins_of_predict_agree():
    arrays = inputs(12, 3, 5, 4)
    model = {"w1": np.vstack([arrays["b1"], arrays["w1"]]), "w2": arrays["w2"]}
    assert_twins_agree("network:predict", model, arrays["x"], differentiable=False)
