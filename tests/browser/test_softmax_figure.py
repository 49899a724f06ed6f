"""The figure on softmax and temperature: its numbers, and every part of it by keyboard."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.numpy.activations import stable_softmax
from tests.browser.figures import Figure, compute

pytestmark = [pytest.mark.browser, pytest.mark.system]


def test_its_probabilities_and_entropy_are_those_of_numpy(new_page):
    page = new_page()
    page.goto("/accounts/login/")
    rng = np.random.default_rng(0)
    for temperature in (0.02, 0.5, 1.0, 7.0, 500.0):
        logits = rng.normal(scale=4, size=5) + rng.choice([-1000, 0, 1000])
        expected = stable_softmax(logits / temperature)
        computed = compute(page, "softmax", "softmax", logits.tolist(), temperature)
        np.testing.assert_allclose(computed, expected, rtol=0, atol=1e-9)
        entropy = -np.sum(expected * np.log(np.maximum(expected, 1e-300)))
        assert compute(page, "softmax", "entropy", computed) == pytest.approx(entropy, abs=1e-9)


def shares(figure):
    return [float(cell) for cell in figure.root.locator("tbody td:last-child").all_text_contents()]


def test_temperature_logits_and_shift_by_keyboard(new_page):
    figure = Figure(new_page(), "neural-networks/activation-functions", "softmax-temperature")
    np.testing.assert_allclose(shares(figure), stable_softmax([3.0, 2.0, 1.0, -1.0]), atol=5e-5)

    figure.go_to("slider", "Temperature T")
    figure.press("Home")
    expect(figure.said).to_contain_text("as good as argmax, cat takes >99.9%")
    figure.press("End")
    expect(figure.said).to_contain_text("nearly uniform, each class is close to 1/4")
    np.testing.assert_allclose(shares(figure), stable_softmax(np.array([3.0, 2.0, 1.0, -1.0]) / 10**1.7), atol=5e-5)

    figure.go_to("slider", "Logit of dog")
    figure.press(*["ArrowRight"] * 10)
    figure.go_to("button", "Cold")
    figure.press("Enter")
    expect(figure.said).to_contain_text("cat and dog share the lead with 50.0% each")
    before = shares(figure)

    lift = figure.go_to("button", "Add 100 to all logits")
    figure.press("Enter")
    expect(lift).to_have_attribute("aria-pressed", "true")
    expect(figure.said).to_contain_text("All logits are 100 larger, and no probability has changed.")
    expect(figure.root.get_by_role("slider", name="Logit of dog")).to_have_attribute("aria-valuetext", "103.0")
    assert shares(figure) == before
