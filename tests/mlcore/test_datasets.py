"""Made data have the shape and the law that they promise; real ones are those of scikit-learn."""

import subprocess
import sys

import numpy as np
import pytest
import sklearn.datasets

from mlcore import datasets

MAKERS = ["linear_regression", "blobs", "moons", "spirals", "xor", "adding_problem"]
LABELLED = {"blobs": 2, "moons": 2, "spirals": 2, "xor": 2}
REAL = {"digits": (1797, 64, 10), "iris": (150, 4, 3), "wine": (178, 13, 3), "breast_cancer": (569, 30, 2)}


def made(name, seed=0, **options):
    return getattr(datasets, name)(np.random.default_rng(seed), **options)


@pytest.mark.parametrize("name", MAKERS)
def test_a_seed_gives_the_same_data_again_and_another_seed_other_data(name):
    options = {"noise": 0.1} if name == "xor" else {}
    (X, y), (same_X, same_y), (other_X, _) = (made(name, seed, **options) for seed in (1, 1, 2))
    np.testing.assert_array_equal(X, same_X)
    np.testing.assert_array_equal(y, same_y)
    assert not np.array_equal(X, other_X)


@pytest.mark.parametrize("name", MAKERS)
def test_there_are_as_many_samples_as_asked_for(name):
    X, y = made(name, samples=13)
    assert (X.dtype, len(X), y.shape) == (np.float64, 13, (13,))
    assert y.dtype == (np.int64 if name in LABELLED else np.float64)


@pytest.mark.parametrize("name", LABELLED)
def test_every_class_has_its_share(name):
    _, labels = made(name, samples=20)
    assert np.bincount(labels).tolist() == [10, 10]


def test_linear_targets_are_the_weighted_sums():
    X, y = made("linear_regression", samples=9, weights=[1.0, 0.0, -3.0], bias=2.0, noise=0.0)
    np.testing.assert_allclose(y, X[:, 0] - 3 * X[:, 2] + 2)


def test_the_noise_of_linear_targets_has_the_size_asked_for():
    X, y = made("linear_regression", samples=4000, noise=0.5)
    assert np.std(y - (2 * X[:, 0] - X[:, 1] + 0.5)) == pytest.approx(0.5, rel=0.05)


def test_blobs_lie_around_their_centres():
    centres = np.array([[0.0, 5.0, 1.0], [9.0, 0.0, 1.0], [-4.0, 0.0, 2.0]])
    X, labels = made("blobs", samples=3000, centres=centres, spread=0.5)
    for k, centre in enumerate(centres):
        np.testing.assert_allclose(X[labels == k].mean(axis=0), centre, atol=0.06)
        np.testing.assert_allclose(X[labels == k].std(axis=0), 0.5, rtol=0.1)


def test_moons_without_noise_are_two_half_circles():
    X, labels = made("moons", noise=0.0)
    upper, lower = X[labels == 0], X[labels == 1] - [1.0, 0.5]
    np.testing.assert_allclose(np.hypot(*upper.T), 1.0)
    np.testing.assert_allclose(np.hypot(*lower.T), 1.0)
    assert upper[:, 1].min() >= 0 >= lower[:, 1].max()


def test_spirals_without_noise_wind_as_often_as_asked_for():
    X, labels = made("spirals", arms=3, turns=1.5, noise=0.0)
    radius, angle = np.hypot(*X.T), np.arctan2(X[:, 1], X[:, 0])
    rest = (angle / (2 * np.pi) - 1.5 * radius - labels / 3) % 1.0
    np.testing.assert_allclose(np.minimum(rest, 1 - rest), 0.0, atol=1e-9)
    assert radius.max() <= 1


def test_xor_is_one_where_the_inputs_differ():
    X, y = made("xor")
    assert X.tolist() == [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    assert y.tolist() == [0, 1, 1, 0]
    X, y = made("xor", samples=400, noise=0.1)
    np.testing.assert_array_equal(y, (X.round()[:, 0] != X.round()[:, 1]).astype(int))


@pytest.mark.parametrize("length", [2, 3, 10])
def test_the_adding_problem_marks_one_number_in_each_half(length):
    X, y = made("adding_problem", samples=50, length=length)
    numbers, marks = X[:, :, 0], X[:, :, 1]
    assert X.shape == (50, length, 2)
    assert (marks[:, : length // 2].sum(axis=1) == 1).all()
    assert (marks[:, length // 2 :].sum(axis=1) == 1).all()
    np.testing.assert_allclose(y, np.where(marks == 1, numbers, 0).sum(axis=1))
    assert 0 <= numbers.min() <= numbers.max() < 1


def test_a_sequence_too_short_for_two_marks_is_refused():
    with pytest.raises(ValueError, match="length of at least 2"):
        made("adding_problem", length=1)


@pytest.mark.parametrize("name", REAL)
def test_real_data_are_scikit_learns(name):
    X, y = getattr(datasets, name)()
    expected_X, expected_y = getattr(sklearn.datasets, f"load_{name}")(return_X_y=True)
    np.testing.assert_array_equal(X, expected_X)
    np.testing.assert_array_equal(y, expected_y)
    assert (*X.shape, len(set(y.tolist()))) == REAL[name]
    assert (X.dtype, y.dtype) == (np.float64, np.int64)


def test_the_progression_of_diabetes_is_a_number():
    X, y = datasets.diabetes()
    assert (X.shape, y.shape, y.dtype) == ((442, 10), (442,), np.float64)
    assert (y[0], y.min(), y.max()) == (151.0, 25.0, 346.0)


def test_scikit_learn_is_imported_by_those_only_who_ask_for_real_data():
    program = "import sys, mlcore.datasets; print('sklearn' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"
