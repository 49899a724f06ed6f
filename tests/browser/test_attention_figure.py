"""The figure on attention: its numbers, and every part of it by keyboard."""

import numpy as np
import pytest

from mlcore.numpy.attention import scaled_dot_product_attention
from tests.browser.figures import compute

pytestmark = [pytest.mark.browser, pytest.mark.system]


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("scaled", [False, True])
def test_its_weights_and_mixtures_are_those_of_mlcore(new_page, scaled, causal):
    page = new_page()
    page.goto("/accounts/login/")
    rng = np.random.default_rng(1)
    q, k, v = (rng.normal(scale=3, size=(6, width)) for width in (4, 4, 2))
    as_lists = [array.tolist() for array in (q, k, v)]
    computed = compute(page, "attention", "attention", *as_lists, {"scaled": scaled, "causal": causal})
    mask = np.tri(6, dtype=bool) if causal else None
    out, weights = scaled_dot_product_attention(q if scaled else q * 2.0, k, v, mask)
    np.testing.assert_allclose(computed["weights"], weights, rtol=0, atol=1e-9)
    np.testing.assert_allclose(computed["out"], out, rtol=0, atol=1e-9)
