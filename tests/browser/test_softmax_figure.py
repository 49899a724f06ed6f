"""The figure on softmax and temperature: its numbers, and every part of it by keyboard."""

import numpy as np
import pytest

from mlcore.numpy.activations import stable_softmax
from tests.browser.figures import compute

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
