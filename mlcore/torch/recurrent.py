"""Cells that carry a state from step to step. Formulas and sources: `mlcore.numpy.recurrent`."""

from collections.abc import Mapping

import torch
from torch import Tensor

from mlcore.torch.activations import stable_sigmoid


def lstm_cell_forward(
    x: Tensor, h: Tensor, c: Tensor, params: Mapping[str, Mapping[str, Tensor]]
) -> tuple[Tensor, Tensor]:
    """Take one step of an LSTM: x (N, D), h and c (N, H), gates i, f, g, o of wx (D, H), wh (H, H), b (H,)."""
    x, h, c = x.double(), h.double(), c.double()
    gates = [{name: array.double() for name, array in params[gate].items()} for gate in "ifgo"]
    i, f, g, o = (x @ gate["wx"] + h @ gate["wh"] + gate["b"] for gate in gates)
    c = stable_sigmoid(f) * c + stable_sigmoid(i) * torch.tanh(g)  # (N, H)
    return stable_sigmoid(o) * torch.tanh(c), c
