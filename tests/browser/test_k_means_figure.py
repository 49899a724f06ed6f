"""The figure on k-means: its numbers, and every part of it by keyboard."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.datasets import blobs
from mlcore.numpy.clustering import k_means
from tests.browser.figures import Figure, compute

pytestmark = [pytest.mark.browser, pytest.mark.system]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_its_steps_are_those_of_mlcore(new_page, count):
    page = new_page()
    page.goto("/accounts/login/")
    points = np.random.default_rng(count).normal(size=(40, 2)).round(1)
    begin = np.concatenate([points[: count - 1], points[:1]])  # the last ties with the first: nobody joins it
    centroids = begin.tolist()
    for iteration in range(1, 9):
        labels = compute(page, "k-means", "assign", points.tolist(), centroids)
        centroids = compute(page, "k-means", "move", points.tolist(), labels, centroids)
        expected, expected_labels = k_means(points, begin, iteration)
        assert labels == expected_labels.tolist()
        np.testing.assert_allclose(centroids, expected, rtol=0, atol=1e-9)
        squares = ((points - expected[expected_labels]) ** 2).sum()
        assert compute(page, "k-means", "inertia", points.tolist(), labels, centroids) == pytest.approx(
            squares, abs=1e-9
        )


POINTS = blobs(np.random.default_rng(8), 60, [[1.5, 1.5], [6.5, 2.5], [3.5, 6.5]], 0.8)[0].round(1)


def loss_of(begin):
    centroids, labels = k_means(POINTS, begin)
    return ((POINTS - centroids[labels]) ** 2).sum()


def test_two_starts_by_keyboard_end_in_two_optima(new_page):
    figure = Figure(new_page(), "unsupervised-and-generative/clustering-and-components", "k-means")
    poor, best = loss_of(POINTS[[0, 3, 6]]), loss_of(POINTS[[12, 27, 51]])
    assert poor > 3 * best

    step = figure.go_to("button", "Step")
    figure.press("Enter")
    expect(figure.said).to_contain_text("Assigned. 60 of 60 points changed sides.")
    figure.press("Enter")
    expect(figure.said).to_contain_text("Moved.")
    figure.press(*["Enter"] * 30)
    expect(figure.said).to_contain_text(f"J = {poor:.1f}, the lowest end so far for K = 3.")
    expect(step).to_have_attribute("aria-disabled", "true")

    figure.go_to("radio", "in one group", checked=True)
    figure.press("ArrowRight")
    expect(figure.said).to_contain_text("3 centroids, and nobody has joined them.")
    figure.go_to("button", "Step")
    figure.press(*["Enter"] * 30)
    expect(figure.said).to_contain_text(f"J = {best:.1f}, the lowest end so far for K = 3.")

    figure.go_to("radio", "far apart", checked=True)
    figure.press("ArrowLeft")
    figure.go_to("button", "Step")
    figure.press(*["Enter"] * 30)
    expect(figure.said).to_contain_text(f"J = {poor:.1f}, a worse end than {best:.1f}, reached from another start.")


@pytest.mark.parametrize("count", [2, 5])
def test_drawn_starts_play_to_an_end_and_never_raise_the_sum(new_page, count):
    figure = Figure(new_page(), "unsupervised-and-generative/clustering-and-components", "k-means")
    figure.go_to("radio", "3", checked=True)
    figure.press(*["ArrowLeft" if count < 3 else "ArrowRight"] * abs(count - 3))
    figure.go_to("button", "Draw again")
    figure.press("Enter")
    expect(figure.root.get_by_role("radio", name="k-means++")).to_be_checked()
    figure.go_to("button", "Play")
    figure.press("Enter")
    expect(figure.said).to_contain_text("changed nothing")
    curve = figure.root.get_by_role("img", name="J after each half-step").locator("desc").text_content()
    sums = [float(value) for value in curve.split(", ")]
    assert len(sums) >= 2
    assert sums == sorted(sums, reverse=True)


@pytest.mark.parametrize("start", ["spread", "plusPlus"])
def test_starts_are_points_of_the_data_and_no_two_the_same(new_page, start):
    page = new_page()
    page.goto("/accounts/login/")
    for seed in range(5):
        draw = "async ([start, points, seed]) => { \
            const { [start]: begin } = await import('/static/web/js/see/models/k-means.js'); \
            const { rng } = await import('/static/web/js/see/kit.js'); \
            return begin(points, 5, rng(seed)); }"
        begin = page.evaluate(draw, [start, POINTS.tolist(), seed])
        rows = [tuple(place) for place in begin]
        assert len(set(rows)) == 5
        assert set(rows) <= {tuple(point) for point in POINTS.tolist()}
