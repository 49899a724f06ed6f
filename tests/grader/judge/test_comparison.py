import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.judge.comparison import Difference, Rules, as_array, compare

RULES = Rules(rtol=1e-6, atol=1e-9)
numbers = st.floats(-1e6, 1e6, allow_subnormal=False)
matrices = arrays(np.float64, array_shapes(max_dims=3, max_side=4, min_side=0), elements=numbers)


def category(got, want, rules=RULES):
    difference = compare(got, np.asarray(want), rules)
    return difference.category if difference else ""


def message(got, want, rules=RULES):
    return compare(got, np.asarray(want), rules).message


@given(arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=st.floats()))
def test_everything_equals_itself_whatever_it_is_made_of(want):
    assert compare(want.copy(), want, RULES) is None
    assert compare(want.tolist(), want, RULES) is None
    assert compare(tuple(want), want, RULES) is None


@given(matrices, st.floats(-0.9, 0.9))
def test_rounding_errors_are_no_differences(want, share):
    assert compare(want * (1 + share * 1e-6), want, RULES) is None


@given(matrices, st.data())
def test_one_changed_element_is_found_and_located(want, data):
    assume(want.size)
    flat = data.draw(st.integers(0, want.size - 1))
    got = want.copy()
    got.flat[flat] += 1e-3 * max(1.0, np.abs(want).max())
    difference = compare(got, want, RULES)
    assert (difference.category, difference.different) == ("values", 1)
    assert difference.worst_index == np.unravel_index(flat, want.shape)
    assert difference.max_abs_error == abs(got.flat[flat] - want.flat[flat])
    assert difference.wrong.sum() == 1


def test_the_worst_element_is_the_worst_of_those_that_are_wrong():
    difference = compare([1e9 + 100, 2e-3, 4e-3], np.array([1e9, 1e-3, 2e-3]), Rules(rtol=1e-6, atol=0))
    assert (difference.different, difference.worst_index) == (2, (2,))
    assert difference.max_abs_error == 2e-3
    assert difference.max_rel_error == 1.0


@given(matrices, st.sampled_from([np.nan, np.inf, -np.inf]), st.data())
def test_nan_and_infinity_match_only_themselves(want, value, data):
    assume(want.size)
    index = np.unravel_index(data.draw(st.integers(0, want.size - 1)), want.shape)
    strange = want.copy()
    strange[index] = value
    assert compare(strange, strange, RULES) is None
    for got, expected in ((strange, want), (want, strange), (strange, np.where(strange == value, -value, strange))):
        if not np.array_equal(got, expected, equal_nan=True):
            difference = compare(got, expected, RULES)
            assert (difference.category, difference.worst_index) == ("nan_pattern", index)


@given(matrices)
def test_zeros_are_right_only_where_zeros_are_expected(want):
    is_zero = bool((np.abs(want) <= 1e-12).all())
    assume(is_zero or np.abs(want).max() > 1e-9)
    assert (compare(np.zeros(want.shape), want, RULES) is None) == is_zero


@given(arrays(np.float64, (5,), elements=st.floats(0.1, 1.0)), st.floats(1e-6, 1e6))
def test_the_tolerance_moves_with_the_scale_of_the_reference(want, scale):
    want = want * scale
    assert compare(want + 0.9e-9 * want.max(), want, Rules(rtol=0, atol=1e-9)) is None
    assert compare(want + 2e-9 * max(want.max(), 1e-3), want, Rules(rtol=0, atol=1e-9)).category == "values"


def test_what_cancels_to_rounding_noise_counts_as_zero():
    assert category([3e-17, -1e-16], [1.1e-16, 0.0]) == ""
    assert category([1e-9, 0.0], [0.0, 0.0]) == "values"


def test_the_first_thing_that_differs_is_named():
    want = np.arange(4.0).reshape(2, 2)
    assert category(None, want) == "not_returned"
    assert category({"a": want}, want) == "structure"
    assert category([[1.0], [2.0, 3.0]], want) == "structure"
    assert category(np.full(3, np.nan), want) == "shape"
    assert category(np.full((2, 2), np.nan, np.float16), want) == "dtype"
    assert category([[np.nan, 9.0], [9.0, 9.0]], want) == "nan_pattern"
    assert category(want + 1, want) == "values"


def test_messages_are_short_and_name_what_was_seen():
    want = np.zeros((2, 3, 4, 4))
    got = want.copy()
    got[0, 1, 2, 3] = 0.31
    got[1, 1, 1, 1] = 0.2
    assert message(np.zeros((2, 3, 5, 5)), want) == "Shape is (2, 3, 5, 5), expected (2, 3, 4, 4)."
    assert message(got, want) == ("2 of 96 values differ; the largest absolute error is 0.31 at index (0, 1, 2, 3).")
    assert message(3.5, 3.0) == "The value differs; the absolute error is 0.5."
    assert message([np.nan, 1.0, 2.0], [0.0, 1.0, 2.0]) == "At index (0,) the result is NaN, expected finite."
    assert message([np.inf, 1.0, np.nan], [0.0, 1.0, 2.0]) == (
        "2 of 3 values are wrongly NaN, infinite or finite; at index (0,) the result is infinite, expected finite."
    )
    assert message(None, 3.0) == "Nothing was returned (None), expected one number. Is a return statement missing?"
    assert message("3", [3.0]) == "Text was returned, expected an array of shape (1,)."
    assert message([None, 1], [1, 2]) == "A list that holds None was returned, expected an array of shape (2,)."
    assert message(([1, "a"],), [1]).startswith("A tuple that holds text was returned")
    assert message(2**200, 1.0).startswith("An integer beyond 64 bits was returned")
    assert message(1 + 0j, 1.0) == "The result is complex (complex128), expected float64."


def test_the_same_numbers_in_another_dtype_are_the_same():
    assert category(3, 3.0) == ""
    assert category([True, False], [1, 0]) == ""
    assert category([1.0, 0.0], [1, 0]) == ""
    assert category([1, 0], [True, False]) == ""
    assert category(np.array([1, 2], np.uint8), [1.0, 2.0]) == ""


def test_integers_that_lost_their_fractions_are_told_so():
    assert "the fractions have been cut off" in message([1, 2], [1.7, 2.2])
    assert category([1, 2], [1.7, 2.2]) == "dtype"
    assert category([7, 2], [1.7, 2.2]) == "values"
    assert message([0.5, 1.0], [0, 1]).startswith("The result is float64 with fractions, expected int64.")


def test_float32_has_its_own_tolerance_where_the_task_allows_it():
    want = np.linspace(0.1, 1.0, 50) ** 3
    assert category(want.astype(np.float32), want) == ""
    assert category(want.astype(np.float32) * np.float32(1.001), want) == "values"
    assert category(want.astype(np.float32), want, Rules(1e-6, 1e-9, allow_float32=False)) == "dtype"


def test_float32_is_recognised_when_it_comes_as_python_numbers():
    want = np.linspace(0.1, 1.0, 50) ** 3
    computed = (want.astype(np.float32) * np.float32(1.00002)).tolist()
    assert category(computed, want) == ""
    assert category([*computed[:-1], np.nan], [*want[:-1], np.nan]) == ""
    assert category(computed, want, Rules(1e-6, 1e-9, allow_float32=False)) == "values"
    assert category(want * 1.00002, want) == "values"
    assert category([1.0, 0.5], [1.00001, 0.5]) == "values"


def test_errors_of_the_size_of_float32_are_told_so():
    want = np.linspace(0.1, 1.0, 50) ** 3
    assert message(want * 1.00002, want).endswith(
        " Errors this small look like float32 arithmetic or a small term out of place."
    )
    assert "float32" not in message(want * 1.001, want)
    assert "float32" not in message(want * 1.00002, want, Rules(1e-6, 1e-9, allow_float32=False))


def test_float16_is_refused_even_when_it_was_widened_again():
    want = np.linspace(0.1, 1.0, 50) ** 3
    rounded = want.astype(np.float16)
    assert category(rounded, want) == "dtype"
    assert category(rounded.astype(np.float32), want) == "values"
    assert category(rounded.astype(np.float64), want) == "values"


def test_a_column_is_a_vector_unless_shapes_are_exact():
    column, exact = np.arange(3.0)[:, None], Rules(1e-6, 1e-9, exact_shapes=True)
    assert category(column, column[:, 0]) == category(column[:, 0], column) == ""
    assert category([4.0], 4.0) == category(4.0, [4.0]) == ""
    assert category(column.T, column[:, 0]) == "shape"
    assert category(column[:, :, None], column) == "shape"
    assert category([[4.0]], 4.0) == "shape"
    assert category(column, column[:, 0], exact) == category([4.0], 4.0, exact) == "shape"


def test_exact_tells_neighbours_apart():
    exact = Rules(1e-6, 1e-9, exact=True)
    big = np.array([2**60, 2**60 + 1])
    assert category(big, big, exact) == ""
    assert category(big + 1, big, exact) == "values"
    assert category(np.nextafter(1.0, 2.0), 1.0, exact) == "values"


def test_without_values_all_but_the_values_is_compared():
    loose = Rules(1e-6, 1e-9, values=False)
    assert category([3.0, 4.0], [1.0, 2.0], loose) == ""
    assert category([3.0, np.nan], [1.0, 2.0], loose) == "nan_pattern"
    assert category([3.0], [1.0, 2.0], loose) == "shape"


def test_extreme_numbers_raise_nothing():
    assert category([1e308, -1e308], [-1e308, 1e308]) == "values"
    assert category(np.array([np.float32("nan")]), [1.0]) == "nan_pattern"
    assert category(np.empty((0, 2**40)), np.empty((0, 3))) == "shape"
    assert category([np.empty((0, 2**31))] * 3, [1.0]) == "shape"


@pytest.mark.parametrize("value", [None, "text", {"a": 1}, [[1], [2, 3]], [1, "a"], [{}]])
def test_what_stands_for_no_numbers_is_said_to(value):
    assert isinstance(as_array(value), Difference)
