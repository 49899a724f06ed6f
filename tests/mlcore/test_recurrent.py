import numpy as np
import pytest
import torch

from mlcore.numpy.recurrent import lstm_cell_forward
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(3)
N, D, H, T = 2, 3, 4, 5
SHAPES = {"wx": (D, H), "wh": (H, H), "b": (H,)}
x, h, c = rng.normal(size=(T, N, D)), rng.normal(size=(N, H)), rng.normal(size=(N, H))
params = {gate: {name: rng.normal(size=shape) for name, shape in SHAPES.items()} for gate in "ofig"}


@pytest.mark.parametrize("scale", [1.0, 1000.0])
def test_twins_agree(scale):
    assert_twins_agree("recurrent:lstm_cell_forward", scale * x[0], h, c, params)


def test_steps_through_a_sequence_are_pytorchs():
    lstm = torch.nn.LSTM(D, H, dtype=torch.float64)
    with torch.no_grad():
        lstm.weight_ih_l0.copy_(torch.from_numpy(np.hstack([params[gate]["wx"] for gate in "ifgo"]).T))
        lstm.weight_hh_l0.copy_(torch.from_numpy(np.hstack([params[gate]["wh"] for gate in "ifgo"]).T))
        lstm.bias_ih_l0.copy_(torch.from_numpy(np.hstack([params[gate]["b"] for gate in "ifgo"])))
        lstm.bias_hh_l0.zero_()
        shown, (_, last) = lstm(torch.from_numpy(x), (torch.from_numpy(h)[None], torch.from_numpy(c)[None]))
    hidden, cell = h, c
    for t in range(T):
        hidden, cell = lstm_cell_forward(x[t], hidden, cell, params)
        np.testing.assert_allclose(hidden, shown[t].numpy(), rtol=1e-10, strict=True)
    np.testing.assert_allclose(cell, last[0].numpy(), rtol=1e-10, strict=True)


def test_an_open_forget_gate_and_a_shut_input_gate_keep_the_cell_state():
    keeping = {gate: {name: np.zeros(shape) for name, shape in SHAPES.items()} for gate in "ifgo"}
    keeping["f"]["b"] += 1000.0
    keeping["i"]["b"] -= 1000.0
    np.testing.assert_array_equal(lstm_cell_forward(x[0], h, c, keeping)[1], c)


def test_integers_count_as_the_numbers_they_are():
    ones = np.ones((N, D), dtype=np.int64)
    for got, want in zip(
        lstm_cell_forward(ones, h, c, params), lstm_cell_forward(1.0 * ones, h, c, params), strict=True
    ):
        np.testing.assert_array_equal(got, want)
