"""Measured gradients against closed forms."""

import numpy as np
import pytest

from mlcore.gradcheck import central_differences, complex_step, relative_error

rng = np.random.default_rng(17)
CLOSED_FORMS = {
    "a polynomial": (lambda x: (x**3 - 2 * x).sum(), lambda x: 3 * x**2 - 2),
    "an exponential": (lambda x: np.exp(x).sum(), np.exp),
    "a sine": (lambda x: np.sin(2 * x).sum(), lambda x: 2 * np.cos(2 * x)),
    "a root of a sum": (lambda x: np.sqrt((x**2).sum()), lambda x: x / np.sqrt((x**2).sum())),
    "a product": (lambda x: x.prod(), lambda x: x.prod() / x),
}
closed_forms = pytest.mark.parametrize("form", CLOSED_FORMS)
shapes = pytest.mark.parametrize("shape", [(), (1,), (4,), (2, 3), (2, 1, 3)])


@closed_forms
@shapes
def test_central_differences_come_near(form, shape):
    f, gradient = CLOSED_FORMS[form]
    x = rng.uniform(0.5, 2.0, size=shape)
    got = central_differences(f, x)
    np.testing.assert_allclose(got, gradient(x), rtol=1e-8, atol=1e-9, strict=True)


@closed_forms
@shapes
def test_the_complex_step_is_exact_to_rounding(form, shape):
    f, gradient = CLOSED_FORMS[form]
    x = rng.uniform(0.5, 2.0, size=shape)
    np.testing.assert_allclose(complex_step(f, x), gradient(x), rtol=1e-13, strict=True)


@pytest.mark.parametrize("eps", [0.5, 0.1, 1e-3])
def test_the_error_of_central_differences_of_a_cube_is_the_square_of_the_step(eps):
    """(x + h)³ − (x − h)³ = 6x²h + 2h³, so that exactly h² is too much."""
    x = np.array([-1.5, 0.0, 2.0])
    np.testing.assert_allclose(
        central_differences(lambda x: (x**3).sum(), x, eps), 3 * x**2 + eps**2, rtol=1e-9, atol=1e-9
    )


def test_central_differences_go_both_ways():
    assert central_differences(lambda x: float(np.abs(x).sum()), [0.0, 2]).tolist() == [0.0, pytest.approx(1.0)]


@pytest.mark.parametrize("measure", [central_differences, complex_step])
def test_what_is_measured_stays_as_it_was_even_if_the_function_writes_into_it(measure):
    def f(x):
        total = (x**2).sum()
        x[...] = 7
        return total

    x = np.array([1.0, 2.0, 3.0])
    np.testing.assert_allclose(measure(f, x), [2.0, 4.0, 6.0])
    assert x.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("measure", [central_differences, complex_step])
def test_integers_can_be_moved_by_less_than_one(measure):
    np.testing.assert_allclose(measure(lambda x: (x**2).sum(), np.array([[1, 2], [3, 4]])), [[2, 4], [6, 8]])


def test_a_function_that_drops_the_imaginary_part_is_refused():
    with pytest.raises(TypeError, match="use central_differences"):
        complex_step(lambda x: np.abs(x).sum(), [1.0, -2.0])


@pytest.mark.parametrize(
    ("a", "b", "error"),
    [
        ([1.0, 2.0], [1.0, 2.0], 0.0),
        ([1.0, 0.0], [1.0, 0.0], 0.0),
        ([100.0, 1.0], [100.0, 0.5], 0.5),
        ([1e-9], [2e-9], 0.5),
        ([0.0], [1e-300], 1.0),
        (3.0, -3.0, 2.0),
        ([], [], 0.0),
        ([np.nan, 1.0], [1.0, 1.0], np.nan),
    ],
)
def test_relative_error(a, b, error):
    assert relative_error(a, b) == pytest.approx(error, nan_ok=True)
    assert relative_error(b, a) == pytest.approx(error, nan_ok=True)


def test_arrays_that_would_be_broadcast_are_refused():
    with pytest.raises(ValueError, match=r"\(3,\) and \(3, 1\) differ"):
        relative_error(np.zeros(3), np.zeros((3, 1)))
