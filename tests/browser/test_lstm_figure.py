"""The figure on the LSTM cell: its numbers, and every part of it by keyboard."""

import numpy as np
import pytest

from mlcore.numpy.recurrent import lstm_cell_forward
from tests.browser.figures import compute

pytestmark = [pytest.mark.browser, pytest.mark.system]


def test_its_steps_are_those_of_mlcore(new_page):
    page = new_page()
    page.goto("/accounts/login/")
    rng = np.random.default_rng(2)
    sizes = {"wx": (4, 1), "wh": (1, 1), "b": (1,)}
    params = {gate: {name: rng.normal(scale=3, size=size) for name, size in sizes.items()} for gate in "ifgo"}
    scalars = {g: {"wx": p["wx"][:, 0].tolist(), "wh": p["wh"].item(), "b": p["b"].item()} for g, p in params.items()}
    h = c = np.zeros((1, 1))
    state = {"h": 0.0, "c": 0.0}
    for x in rng.normal(size=(12, 4)):
        h, c = lstm_cell_forward(x[np.newaxis], h, c, params)
        state = compute(page, "lstm", "lstmStep", x.tolist(), state["h"], state["c"], scalars)
        assert [state["h"], state["c"]] == pytest.approx([h.item(), c.item()], abs=1e-9)
