import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from torch.nn import functional

from mlcore import datasets
from mlcore.numpy.regression import batch_gradient_descent, logistic_regression_fit
from tests.mlcore.parity import assert_twins_agree

rng = np.random.default_rng(43)
X, y, start = rng.normal(size=(7, 3)), rng.normal(size=7), rng.normal(size=3)
labels = np.array([1, 0, 0, 1, 1, 0, 1])


@pytest.mark.parametrize("steps", [0, 1, 4])
def test_twins_of_gradient_descent_agree(steps):
    assert_twins_agree("regression:batch_gradient_descent", X, y, start, 0.1, steps)
    assert_twins_agree("regression:batch_gradient_descent", X[:1, :2], y[:1], start[:2], lr=0.3, steps=steps)


@pytest.mark.parametrize("steps", [0, 1, 4])
def test_twins_of_the_logistic_fit_agree(steps):
    assert_twins_agree("regression:logistic_regression_fit", X, labels, start, np.array(0.5), 0.4, steps)
    assert_twins_agree("regression:logistic_regression_fit", X, labels.astype(bool), start, np.array(-2.0), 0.4, steps)


def test_twins_of_the_logistic_fit_agree_where_exponentials_would_overflow():
    far = rng.normal(size=(5, 2)) * 2000
    fit = "regression:logistic_regression_fit"
    assert_twins_agree(fit, far, labels[:5], start[:2], 0.5, 0.1, 3, differentiable=False)


def test_gradient_descent_ends_at_the_least_squares_solution():
    solution = np.linalg.lstsq(X, y)[0]
    np.testing.assert_allclose(batch_gradient_descent(X, y, start, 0.3, 2000), solution, rtol=1e-9)


def test_a_step_of_gradient_descent_is_that_of_pytorchs_sgd():
    theta = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=0.2)
    for _ in range(3):
        optimizer.zero_grad()
        (functional.mse_loss(torch.from_numpy(X) @ theta, torch.from_numpy(y)) / 2).backward()
        optimizer.step()
    got = batch_gradient_descent(X, y, start, 0.2, 3)
    np.testing.assert_allclose(got, theta.detach().numpy(), rtol=1e-12)


def test_a_step_of_the_logistic_fit_is_that_of_pytorchs_sgd():
    w, b = torch.tensor(start, requires_grad=True), torch.tensor(-0.5, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=0.7)
    for _ in range(3):
        optimizer.zero_grad()
        logits = torch.from_numpy(X) @ w + b
        functional.binary_cross_entropy_with_logits(logits, torch.from_numpy(labels).double()).backward()
        optimizer.step()
    got_w, got_b = logistic_regression_fit(X, labels, start, -0.5, 0.7, 3)
    np.testing.assert_allclose(got_w, w.detach().numpy(), rtol=1e-12)
    assert got_b == pytest.approx(b.item(), rel=1e-12)


def test_the_logistic_fit_ends_where_scikit_learns_does():
    points, classes = datasets.blobs(np.random.default_rng(1), spread=2.0)
    model = LogisticRegression(C=np.inf, tol=1e-10).fit(points, classes)
    w, b = logistic_regression_fit(points, classes, np.zeros(2), 0.0, 0.3, 2000)
    np.testing.assert_allclose(w, model.coef_[0], rtol=1e-5, atol=1e-6)
    assert b == pytest.approx(model.intercept_[0], rel=1e-5)


@pytest.mark.parametrize("steps", [0, 2])
def test_what_is_given_stays_as_it_was_and_is_not_what_is_returned(steps):
    theta, w = start.copy(), start.copy()
    got, (got_w, _) = (
        batch_gradient_descent(X, y, theta, 0.1, steps),
        logistic_regression_fit(X, labels, w, 0.0, 0.1, steps),
    )
    got += 1
    got_w += 1
    np.testing.assert_array_equal(theta, start)
    np.testing.assert_array_equal(w, start)
