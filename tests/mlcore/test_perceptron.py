"""The perceptron: both twins, scikit-learn's, and what is proved about the rule."""

import numpy as np
import pytest
from sklearn import linear_model

from mlcore.numpy import perceptron
from tests.mlcore.parity import assert_twins_agree

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
AND, OR, XOR = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1]), np.array([0, 1, 1, 0])


def blobs(samples=40):
    rng = np.random.default_rng(5)
    y = 1 - np.arange(samples) % 2  # the first is a 1: from zero weights scikit-learn would learn from a 0, too
    return rng.normal(size=(samples, 3)) + 1.2 * y[:, None], y


@pytest.mark.parametrize("epochs", [0, 1, 4])
def test_the_twins_of_perceptron_train_agree(epochs):
    X, y = blobs()
    w = np.array([0.5, -1.0, 0.25])
    assert_twins_agree("perceptron:perceptron_train", X, y, w, 0.75, 0.3, epochs, differentiable=False)


def test_the_twins_of_perceptron_predict_agree():
    X, _ = blobs()
    assert_twins_agree("perceptron:perceptron_predict", X, np.array([0.5, -1.0, 0.25]), -0.5, differentiable=False)


@pytest.mark.parametrize("epochs", [1, 3, 10])
def test_training_is_scikit_learns(epochs):
    X, y = blobs()
    theirs = linear_model.Perceptron(max_iter=epochs, tol=None, shuffle=False, eta0=0.5).fit(X, y)
    w, b = perceptron.perceptron_train(X, y, np.zeros(3), 0.0, 0.5, epochs)
    np.testing.assert_allclose(w, theirs.coef_[0], rtol=1e-10)
    assert b == pytest.approx(theirs.intercept_[0])


@pytest.mark.parametrize("y", [AND, OR], ids=["and", "or"])
def test_what_a_line_separates_is_learned_and_then_left_alone(y):
    w, b = perceptron.perceptron_train(CORNERS, y, np.zeros(2), 0.0, 1.0, 20)
    np.testing.assert_array_equal(perceptron.perceptron_predict(CORNERS, w, b), y)
    again, b_again = perceptron.perceptron_train(CORNERS, y, w, b, 1.0, 1)
    np.testing.assert_array_equal(again, w)
    assert b_again == b


def test_xor_is_never_learned():
    for epochs in range(50):
        w, b = perceptron.perceptron_train(CORNERS, XOR, np.zeros(2), 0.0, 1.0, epochs)
        assert (perceptron.perceptron_predict(CORNERS, w, b) != XOR).any()


def test_exactly_on_the_threshold_the_unit_rests():
    assert perceptron.perceptron_predict([[2.0, 1.0]], [1.0, -2.0], 0.0).tolist() == [0]
