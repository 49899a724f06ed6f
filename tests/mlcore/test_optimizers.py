import numpy as np
import pytest
import torch

from mlcore.numpy import optimizers
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(47)
w, grads = rng.normal(size=(2, 3)), rng.normal(size=(5, 2, 3))
moments = {"m": rng.normal(size=(2, 3)), "v": rng.uniform(0.5, 2.0, size=(2, 3))}


@pytest.mark.parametrize("options", [{}, {"lr": 0.1, "beta1": 0.5, "beta2": 0.8, "eps": 0.01}])
def test_twins_of_adam_agree(options):
    assert_twins_agree("optimizers:adam_step", w, grads[0], {}, **options)
    assert_twins_agree("optimizers:adam_step", w, grads[0], {"t": 3, **moments}, **options)
    assert_twins_agree("optimizers:adam_step", np.array(1.5), np.array(-0.3), {}, **options)


@pytest.mark.parametrize("options", [{}, {"lr": 0.1, "momentum": 0.5}])
def test_twins_of_momentum_agree(options):
    assert_twins_agree("optimizers:momentum_step", w, grads[0], {}, **options)
    assert_twins_agree("optimizers:momentum_step", w, grads[0], {"u": moments["m"]}, **options)


@pytest.mark.parametrize(
    ("step", "optimizer", "options", "theirs"),
    [
        ("adam_step", torch.optim.Adam, {}, {}),
        (
            "adam_step",
            torch.optim.Adam,
            {"lr": 0.2, "beta1": 0.5, "beta2": 0.7, "eps": 0.1},
            {"lr": 0.2, "betas": (0.5, 0.7), "eps": 0.1},
        ),
        ("momentum_step", torch.optim.SGD, {"lr": 0.05, "momentum": 0.8}, {"lr": 0.05, "momentum": 0.8}),
    ],
)
def test_steps_are_pytorchs(step, optimizer, options, theirs):
    parameter = torch.tensor(w, requires_grad=True)
    optimizer = optimizer([parameter], **theirs)
    ours, state = w, {}
    for grad in grads:
        parameter.grad = torch.tensor(grad)
        optimizer.step()
        ours, state = getattr(optimizers, step)(ours, grad, state, **options)
        np.testing.assert_allclose(ours, parameter.detach().numpy(), rtol=1e-12)


def test_the_first_step_of_adam_goes_as_far_as_the_learning_rate_whatever_the_gradient():
    got, _ = optimizers.adam_step(np.zeros(3), np.array([1e-3, -5.0, 1e4]), {}, lr=0.1)
    np.testing.assert_allclose(got, [-0.1, 0.1, -0.1], rtol=1e-4)


def test_nothing_moves_where_there_never_was_a_gradient():
    got, _ = optimizers.adam_step([1.0, 2.0], [0.0, 3.0], {}, lr=0.5)
    np.testing.assert_allclose(got, [1.0, 1.5], rtol=1e-6)


@pytest.mark.parametrize("name", ["adam_step", "momentum_step"])
def test_weights_gradient_and_state_stay_as_they_were(name):
    step = getattr(optimizers, name)
    _, state = step(w, grads[0], {})
    kept = {key: np.copy(value) for key, value in state.items()}
    weights, grad = w.copy(), grads[1].copy()
    step(weights, grad, state)
    np.testing.assert_array_equal(weights, w)
    np.testing.assert_array_equal(grad, grads[1])
    for key, value in kept.items():
        np.testing.assert_array_equal(state[key], value)
