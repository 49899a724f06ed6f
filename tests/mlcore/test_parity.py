"""The helper that compares twins: what it takes, and that it does not let a difference pass."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(3)
x = rng.normal(size=(3, 2))
params = {"gate": {"w": rng.normal(size=(2, 4)), "b": rng.normal(size=4)}, "scales": [rng.normal(size=4), 2]}
labels, mask = np.array([1, 0, 3]), np.array([[True, False, True, True]] * 3)


@pytest.fixture
def compare(monkeypatch):
    """Return a function that compares two functions as the twins of a module of their own."""

    def compare(in_numpy, in_torch, *inputs, **options):
        monkeypatch.setitem(sys.modules, "mlcore.numpy.made_up", SimpleNamespace(twin=in_numpy))
        monkeypatch.setitem(sys.modules, "mlcore.torch.made_up", SimpleNamespace(twin=in_torch))
        assert_twins_agree("made_up:twin", *inputs, **options)

    return compare


def layer(x, params, labels, mask=None, power=1, start=None):
    assert start is None
    gate, (scale, times) = params["gate"], params["scales"]
    z = (x @ gate["w"] + gate["b"]) * scale**2 * times
    z = z if mask is None else z * mask
    return {"values": z**power, "picked": (z[range(3), labels] ** 2, z.argmax(1)), "steps": 3}


def test_dicts_integers_masks_none_and_options_are_given_to_both(compare):
    compare(layer, layer, x, params, labels)
    compare(layer, layer, x, params, labels, mask, power=2)
    compare(layer, layer, x, params, labels, mask=mask, start=None)


def test_a_function_among_the_inputs_is_called_by_both(compare):
    def call(f, x):
        return f(x)

    compare(call, call, lambda x: (x**3).sum(), x)


def test_each_twin_draws_from_a_generator_of_its_own(compare):
    def noisy(x, rng):
        return x * rng.normal()

    compare(noisy, noisy, x, np.random.default_rng(5))


def test_numbers_and_labels_need_no_gradient_where_none_is_asked_for(compare):
    compare(np.size, torch.numel, x, differentiable=False)
    compare(lambda x: x.argmax(1), lambda x: x.argmax(1), x, differentiable=False)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda *inputs: layer(*inputs) | {"values": layer(*inputs)["values"] * (1 + 1e-8)},
        lambda *inputs: layer(*inputs) | {"steps": 4},
        lambda *inputs: layer(*inputs) | {"more": 1.0},
        lambda *inputs: layer(*inputs) | {"values": layer(*inputs)["values"].float()},
        lambda *inputs: layer(*inputs) | {"values": layer(*inputs)["values"].detach()},
        lambda x, params, labels: layer(x.detach(), params, labels),
        lambda x, params, labels: layer(x, params | {"scales": [params["scales"][0].detach(), 2]}, labels),
    ],
    ids=["a value", "a number", "a part more", "float32", "an output detached", "an input detached", "a part detached"],
)
def test_a_difference_in_any_part_is_found(compare, wrong):
    with pytest.raises(AssertionError):
        compare(layer, wrong, x, params, labels)


def test_right_values_with_a_wrong_gradient_are_found(compare):
    with pytest.raises(AssertionError, match=r"gradient of input \.0"):
        compare(lambda x: x**2, lambda x: x * x.detach(), x)


def test_a_twin_outside_of_autograd_is_found(compare):
    with pytest.raises(AssertionError, match="depends on an input by autograd"):
        compare(lambda x: x**2, lambda x: torch.square(x).detach(), x)
