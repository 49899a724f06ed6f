"""The figure on k-means: its numbers, and every part of it by keyboard."""

import numpy as np
import pytest

from mlcore.numpy.clustering import k_means
from tests.browser.figures import compute

pytestmark = [pytest.mark.browser, pytest.mark.system]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_its_steps_are_those_of_mlcore(new_page, count):
    page = new_page()
    page.goto("/accounts/login/")
    points = np.random.default_rng(count).normal(size=(40, 2)).round(1)  # rounded: ties, and points twice
    begin = np.concatenate([points[: count - 1], [[90.0, 90.0]]])  # the last one is nobody's nearest
    centroids = begin.tolist()
    for iteration in range(1, 9):
        labels = compute(page, "kmeans", "assign", points.tolist(), centroids)
        centroids = compute(page, "kmeans", "move", points.tolist(), labels, centroids)
        expected, expected_labels = k_means(points, begin, iteration)
        assert labels == expected_labels.tolist()
        np.testing.assert_allclose(centroids, expected, rtol=0, atol=1e-9)
        squares = ((points - expected[expected_labels]) ** 2).sum()
        assert compute(page, "kmeans", "inertia", points.tolist(), labels, centroids) == pytest.approx(
            squares, abs=1e-9
        )
