"""Hebb's rule: both twins, the gradient that it climbs, and where it leads."""

import numpy as np
import pytest
import torch
from sklearn.decomposition import TruncatedSVD

from mlcore.numpy.hebbian import hebb_update
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(5)
w, x = rng.normal(size=4), rng.normal(size=(7, 4))


@pytest.mark.parametrize("inputs", [(w, x), (w, x[:1]), (w[:1], x[:, :1])])
def test_twins_agree(inputs):
    assert_twins_agree("hebbian:hebb_update", *inputs, lr=0.3)


def test_the_step_climbs_half_the_mean_squared_output():
    weights = torch.tensor(w, requires_grad=True)
    (0.5 * ((torch.from_numpy(x) @ weights) ** 2).mean()).backward()
    np.testing.assert_allclose(hebb_update(w, x, 0.3), w + 0.3 * weights.grad.numpy(), rtol=1e-12)


def test_the_direction_tends_to_the_first_singular_vector_and_the_length_only_grows():
    weights, lengths = w, []
    for _ in range(200):
        weights = hebb_update(weights, x, 0.5)
        lengths.append(np.linalg.norm(weights))
    assert np.all(np.diff(lengths) > 0)
    direction = TruncatedSVD(n_components=1, algorithm="arpack").fit(x).components_[0]
    assert abs(weights @ direction) / lengths[-1] == pytest.approx(1, abs=1e-8)


def test_integers_are_not_rounded_and_stay_as_they_are():
    weights, batch = np.array([1, 2]), np.array([[1, 0], [3, 1]])
    # y = (1, 5); the mean of y·x is (1·1 + 5·3, 5·1) / 2 = (8, 2.5)
    assert hebb_update(weights, batch, 0.1).tolist() == pytest.approx([1.8, 2.25])
    assert weights.tolist() == [1, 2]
