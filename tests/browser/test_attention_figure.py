"""The figure on attention: its numbers, and every part of it by keyboard."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.numpy.attention import scaled_dot_product_attention
from tests.browser.figures import Figure, compute

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


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]


def column(figure, place):
    return [
        numbers(text) for text in figure.root.locator(f".see-table tbody td:nth-of-type({place})").all_text_contents()
    ]


def expected_for(figure, *, scaled, seen):
    """Return out and weights for the vectors that the table shows, with the first `seen` words in sight."""
    q = np.array([numbers(figure.root.locator(".see-table caption").inner_text())])
    k, v = np.array(column(figure, 1)), np.array(column(figure, 5))
    mask = np.arange(len(k)) < seen
    return scaled_dot_product_attention(q if scaled else q * 2.0, k, v, mask[np.newaxis])


@pytest.mark.parametrize(("word", "place"), [("they", 4), ("sleep", 2)])
def test_query_scale_and_mask_by_keyboard(new_page, word, place):
    figure = Figure(new_page(), "sequences-and-language/attention-and-transformers", "attention")

    def check(*, scaled, seen):
        out, weights = expected_for(figure, scaled=scaled, seen=seen)
        shown = [weight[0] for weight in column(figure, 4)]
        np.testing.assert_allclose(shown, weights[0], atol=5e-4)
        np.testing.assert_allclose(numbers(figure.root.locator("tfoot td").inner_text()), out[0], atol=5e-3)
        row = figure.root.locator(".see-matrix td[aria-current]").all_text_contents()
        np.testing.assert_allclose([float(weight) for weight in row], weights[0], atol=5e-3)

    figure.go_to("radio", "they", checked=True)
    figure.press(*["ArrowLeft"] * (4 - place))
    expect(figure.said).to_contain_text(f"“{word}” seeks a thing")
    check(scaled=True, seen=6)

    figure.go_to("radio", "q·k / √4", checked=True)
    figure.press("ArrowRight")
    check(scaled=False, seen=6)

    figure.go_to("radio", "none", checked=True)
    figure.press("ArrowRight")
    check(scaled=False, seen=place)
    expect(figure.said).to_contain_text(f"The mask hides {6 - place} later words from it.")
    expect(figure.root.get_by_role("cell", name="−∞")).to_have_count(6 - place)
