"""The figure on the LSTM cell: its numbers, and every part of it by keyboard."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.numpy.recurrent import lstm_cell_forward
from tests.browser.figures import Figure, compute

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
        state = compute(page, "lstm-cell", "lstmStep", x.tolist(), state["h"], state["c"], scalars)
        assert [state["h"], state["c"]] == pytest.approx([h.item(), c.item()], abs=1e-9)


SIGNAL = [0.2, -0.4, 1, -0.5, 0.3, 0.6, -0.2, -0.6, 0.1, 0.4, -0.3, 0.5, -0.1, 0.2, -0.5, 0.3, 0.4, -0.2, 0.6, -0.4]
COMMANDS = {"store": [3], "show": [13, 20], "clear": [16]}


def gate(weights, bias):
    return {"wx": np.array(weights)[:, np.newaxis], "wh": np.zeros((1, 1)), "b": np.array([bias])}


def remembered(forget_bias):
    """Return [[c, h], …] from the start on, of a unit that obeys the commands."""
    params = {
        "i": gate([0.0, 12.0, 0.0, 0.0], -6.0),
        "f": gate([0.0, -12.0, 0.0, -12.0], forget_bias),
        "g": gate([1.5, 0.0, 0.0, 0.0], 0.0),
        "o": gate([0.0, 0.0, 12.0, 0.0], -6.0),
    }
    h = c = np.zeros((1, 1))
    states = [[0.0, 0.0]]
    for step, signal in enumerate(SIGNAL, start=1):
        x = [[signal, *(float(step in COMMANDS[command]) for command in ("store", "show", "clear"))]]
        h, c = lstm_cell_forward(x, h, c, params)
        states.append([c.item(), h.item()])
    return np.array(states)


def drawn(figure):
    described = figure.root.get_by_role("img", name="Memory and output").locator("desc").text_content()
    pairs = re.findall(r"c (\S+), h (\S+?)(?:;|$)", described.replace("−", "-"))
    return np.array(pairs, dtype=np.float64)


@pytest.fixture
def figure(new_page):
    return Figure(new_page(), "sequences-and-language/lstm", "lstm-cell")


def test_a_spike_is_remembered_shown_and_forgotten(figure):
    step = figure.go_to("button", "Step")
    figure.press(*["Enter"] * 12)
    expect(figure.said).to_contain_text("Next, step 13, signal −0.1, “show”:")
    figure.press(*["Enter"] * 8)
    expect(step).to_have_attribute("aria-disabled", "true")
    expect(step).to_be_focused()
    np.testing.assert_allclose(drawn(figure), remembered(6.0), atol=5e-3 + 1e-9)

    figure.go_to("slider", "Forget gate f, bias")
    figure.press(*["ArrowLeft"] * 8)
    np.testing.assert_allclose(drawn(figure), remembered(2.0), atol=5e-3 + 1e-9)
    expect(figure.root.get_by_role("group", name="Set the gates to").get_by_role("radio", checked=True)).to_have_count(
        0
    )


def test_without_inputs_the_gates_are_the_learners_and_the_past_stays(figure):
    figure.go_to("radio", "signal with commands", checked=True)
    figure.press("ArrowRight")

    def step_with(preset, presses, times=1):
        figure.go_to("radio", preset, checked=True)
        figure.press(*presses)
        figure.go_to("button", "Step")
        figure.press(*["Enter"] * times)

    step_with("Remember", ["ArrowRight", "ArrowRight"])  # to Write
    step_with("Write", ["ArrowLeft", "ArrowLeft"], times=3)  # back to Remember
    step_with("Remember", ["ArrowLeft"])  # round to Read out
    step_with("Read out", ["ArrowLeft", "ArrowLeft"])  # to Forget
    c, h = drawn(figure).T
    np.testing.assert_allclose(c, [0, 0.96, 0.96, 0.96, 0.96, 0.96, 0], atol=0.015)
    np.testing.assert_allclose(h, [0, 0, 0, 0, 0, 0.74, 0], atol=0.015)

    figure.go_to("button", "Start over")
    figure.press("Space")
    np.testing.assert_array_equal(drawn(figure), [[0, 0]])
