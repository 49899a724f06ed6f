import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from mlcore import datasets
from mlcore.numpy.components import pca
from mlcore.torch.components import pca as pca_in_torch

rng = np.random.default_rng(6)
tall = rng.normal(size=(30, 4)) * [3.0, 0.5, 2.0, 1.0] @ rng.normal(size=(4, 4)) + 10.0
wide = rng.normal(size=(5, 8))
DATA = {
    "more samples": (tall, 3),
    "all components": (tall, 4),
    "more features": (wide, 4),
    "one feature": (tall[:, :1], 1),
}
each = pytest.mark.parametrize(("X", "n_components"), DATA.values(), ids=DATA.keys())


def with_one_sign(components):
    """Turn each row so that its largest entry is positive."""
    rows = np.arange(len(components))
    return components * np.sign(components[rows, np.abs(components).argmax(axis=1)])[:, np.newaxis]


@each
def test_twins_agree(X, n_components):
    components, variances = pca(X, n_components)
    got, got_variances = pca_in_torch(torch.from_numpy(X), n_components)
    assert got.dtype == got_variances.dtype == torch.float64
    np.testing.assert_allclose(got_variances.numpy(), variances, rtol=1e-10)
    np.testing.assert_allclose(with_one_sign(got.numpy()), with_one_sign(components), rtol=1e-10, atol=1e-11)


@each
def test_the_pytorch_twin_has_the_slopes_of_its_values(X, n_components):
    """Of the variances and of the projection onto the components, which knows no sign."""

    def variances_and_projection(X):
        components, variances = pca_in_torch(X, n_components)
        return variances, components.T @ components

    assert torch.autograd.gradcheck(variances_and_projection, torch.tensor(X[:6], requires_grad=True), atol=1e-6)


@each
def test_components_are_scikit_learns_up_to_their_sign(X, n_components):
    model = PCA(n_components, svd_solver="full").fit(X)
    components, variances = pca(X, n_components)
    np.testing.assert_allclose(variances, model.explained_variance_, rtol=1e-10)
    np.testing.assert_allclose(with_one_sign(components), with_one_sign(model.components_), rtol=1e-9, atol=1e-11)


@each
def test_the_variances_are_those_of_the_projections(X, n_components):
    components, variances = pca(X, n_components)
    np.testing.assert_allclose(components @ components.T, np.eye(n_components), atol=1e-12)
    np.testing.assert_allclose((X @ components.T).var(axis=0, ddof=1), variances, rtol=1e-9)
    assert variances.tolist() == sorted(variances, reverse=True)


def test_directions_of_the_irises_are_scikit_learns():
    X, _ = datasets.iris()
    components, variances = pca(X, 2)
    model = PCA(2).fit(X)
    np.testing.assert_allclose(with_one_sign(components), with_one_sign(model.components_), rtol=1e-8)
    np.testing.assert_allclose(variances, model.explained_variance_, rtol=1e-10)


def test_no_variance_is_left_for_more_directions_than_the_samples_span():
    _, variances = pca(wide[:3], 3)
    assert variances[1] > 0.1
    assert variances[2] == pytest.approx(0, abs=1e-25)
