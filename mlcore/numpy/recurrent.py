"""Cells that carry a state from one step of a sequence to the next. Batch first; weights are (in, out)."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlcore.numpy.activations import stable_sigmoid


def lstm_cell_forward(
    x: ArrayLike, h: ArrayLike, c: ArrayLike, params: Mapping[str, Mapping[str, ArrayLike]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Take one step: forget a part of the cell state, add to it, and show a part of it.

    aₖ = x·wxₖ + h·whₖ + bₖ for each gate k of i (input), f (forget), g (candidate), o (output)

    c' = σ(a_f)⊙c + σ(a_i)⊙tanh(a_g),    h' = σ(a_o)⊙tanh(c')

    Parameters
    ----------
    x : array-like of shape (N, D), the inputs of this step
    h, c : array-like of shape (N, H), hidden and cell state after the step before
    params : for each of the gates "i", "f", "g", "o" its "wx" (D, H), "wh" (H, H) and "b" (H,)

    Returns
    -------
    h, c : arrays of shape (N, H), the states after this step

    References
    ----------
    Hochreiter and Schmidhuber, Long short-term memory, Neural Computation 9 (1997); with the forget gate of Gers,
    Schmidhuber and Cummins, Learning to forget, Neural Computation 12 (2000).
    """
    x, h, c = (np.asarray(array, dtype=np.float64) for array in (x, h, c))
    gates = [{name: np.asarray(array, dtype=np.float64) for name, array in params[gate].items()} for gate in "ifgo"]
    i, f, g, o = (x @ gate["wx"] + h @ gate["wh"] + gate["b"] for gate in gates)
    c = stable_sigmoid(f) * c + stable_sigmoid(i) * np.tanh(g)  # (N, H)
    return stable_sigmoid(o) * np.tanh(c), c
