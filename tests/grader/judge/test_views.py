import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.judge.comparison import Rules, compare
from grader.judge.views import difference_view, input_views, output_view, value_view

RULES = Rules(1e-6, 1e-9)


def views(got, want, rules=RULES):
    view = difference_view(compare(got, np.asarray(want), rules))
    return view.got, view.expected


def test_scalars_vectors_and_tables():
    assert value_view(3.0).cells == [["3"]]
    assert (value_view(True).cells, value_view(-7).cells) == ([["True"]], [["-7"]])
    assert value_view(np.array([1.0, 0.123456789])).cells == [["1", "0.12346"]]
    view = value_view(np.arange(6).reshape(2, 3))
    assert (view.shape, view.cells, view.block, view.truncated) == (
        [2, 3],
        [["0", "1", "2"], ["3", "4", "5"]],
        [],
        False,
    )


def test_special_values_are_short_words():
    assert value_view(np.array([np.nan, np.inf, -np.inf, -0.0, 1e-300])).cells == [
        ["nan", "inf", "-inf", "-0", "1e-300"]
    ]


def test_large_arrays_show_their_first_rows_and_columns():
    view = value_view(np.zeros((3, 20, 10)))
    assert (view.shape, view.block, view.truncated) == ([3, 20, 10], [0], True)
    assert [len(row) for row in view.cells] == [8] * 8
    assert value_view(np.zeros((2, 3))).truncated is False
    assert value_view(np.zeros((2, 2, 3))).truncated is False
    assert value_view(np.zeros((9, 2, 3))).truncated is True


def test_empty_arrays_have_no_cells():
    assert value_view(np.zeros((0, 3))).cells == []
    assert value_view(np.zeros((2, 0, 3))).cells == []


def test_the_block_with_the_worst_element_is_shown_and_marked():
    want = np.zeros((2, 3, 4, 4))
    got = want.copy()
    got[0, 0, 0, 0] = 0.1
    got[1, 2, 3, 1] = 5.0
    mine, theirs = views(got, want)
    assert mine.block == theirs.block == [1, 2]
    assert mine.wrong == theirs.wrong == [(3, 1)]
    assert (mine.cells[3][1], theirs.cells[3][1]) == ("5", "0")


@given(st.floats(-1e6, 1e6), st.integers(1, 1000))
def test_cells_that_differ_look_different(value, steps):
    other = value
    for _ in range(steps):
        other = np.nextafter(other, np.inf)
    mine, theirs = views([other], np.array([value]), Rules(0, 0))
    assert mine.cells != theirs.cells


def test_a_wrong_shape_is_shown_without_marks():
    mine, theirs = views(np.ones((3, 2)), np.ones((2, 3)))
    assert (mine.shape, theirs.shape, mine.wrong, theirs.wrong) == ([3, 2], [2, 3], [], [])


def test_a_column_given_for_a_vector_is_marked_as_a_vector():
    mine, theirs = views(np.array([[1.0], [2.0]]), [1.0, 3.0])
    assert (mine.cells, theirs.cells, mine.wrong) == ([["1", "2"]], [["1", "3"]], [(0, 1)])


def test_inputs_of_every_kind_have_a_view():
    shown = input_views(
        {"x": np.ones(2), "params": {"i": {"wx": np.ones((1, 2))}}, "mask": None, "name": "a" * 99, "empty": {}}
    )
    assert list(shown) == ["x", "params.i.wx", "mask", "name", "empty"]
    assert [shown[name].cells[0][0] for name in ("mask", "empty")] == ["None", "{}"]
    assert len(shown["name"].cells[0][0]) == 40


@given(arrays(st.sampled_from([np.float64, np.float32, np.int64, np.bool_]), array_shapes(max_dims=4, min_side=0)))
def test_every_array_has_a_small_view(array):
    view = value_view(array)
    assert view.shape == list(array.shape)
    assert all(len(cell) < 30 for row in view.cells for cell in row)
    assert len(view.cells) <= 8


def difference(got, want):
    return difference_view(compare(np.asarray(got), np.asarray(want), RULES))


def test_the_part_around_the_worst_element_is_shown_of_a_large_table():
    want = np.zeros((40, 12))
    got = want.copy()
    got[30, 2] = 1.0
    got[39, 11] = -5.0
    mine, theirs = views(got, want)
    assert (mine.corner, mine.wrong, mine.cells[7][7], theirs.cells[7][7]) == ((32, 4), [(7, 7)], "-5", "0")
    assert mine.truncated is True


def test_the_part_around_the_worst_element_is_shown_of_a_long_vector():
    want = np.zeros(30)
    got = want.copy()
    got[20] = 2.0
    mine, _ = views(got, want)
    assert (mine.corner, mine.wrong, mine.cells) == ((0, 16), [(0, 4)], [["0", "0", "0", "0", "2", "0", "0", "0"]])


def test_the_other_tables_are_there_too_those_with_wrong_elements_first():
    want = np.zeros((12, 2, 2))
    got = want.copy()
    got[11, 0, 1] = 1.0
    got[9, 1, 0] = 7.0
    mine, _ = views(got, want)
    assert (mine.block, mine.wrong) == ([9], [(1, 0)])
    assert [other.block for other in mine.others] == [[11], [0], [1], [2], [3], [4], [5]]
    assert mine.others[0].wrong == [(0, 1)]
    assert mine.truncated is True


def test_the_difference_is_what_must_be_taken_away():
    apart = difference([[1.0, 2.5, 3.0]], [[1.0, 2.0, 4.0]]).difference
    assert (apart.cells, apart.wrong) == ([["0", "0.5", "-1"]], [(0, 1), (0, 2)])
    assert difference([np.inf, np.nan, 1.0], [np.inf, np.nan, 2.0]).difference.cells == [["0", "0", "-1"]]
    assert difference([1.0, 2.0], [1.0, 2.0, 3.0]).difference is None


@pytest.mark.parametrize(
    ("shape", "has_picture"),
    [
        ((3, 3), True),
        ((2, 6), False),
        ((1, 2, 3), True),
        ((2, 2, 2), False),
        ((9,), False),
        ((), False),
        ((0, 4, 4), False),
    ],
)
def test_whether_a_value_is_a_picture_is_told_by_its_shape(shape, has_picture):
    assert (value_view(np.ones(shape)).picture is not None) == has_picture


def test_a_picture_has_a_letter_for_the_sign_and_strength_of_each_value():
    table = np.array([[0.0, 9.0, -9.0], [0.5, 4.0, -1.0], [np.nan, np.inf, -np.inf]])
    picture = value_view(table).picture
    assert (picture.scale, picture.tables, picture.corners) == (9.0, [["09i", "14a", "npm"]], [(0, 0)])


def test_got_and_expected_are_drawn_to_one_scale_and_of_the_difference_what_is_wrong():
    want = np.full((3, 3), 9.0)
    got = want.copy()
    got[0, 1], got[2, 2] = -18.0, 3.0
    shown = difference(got, want)
    assert shown.got.picture.tables == [["9i9", "999", "993"]]
    assert shown.expected.picture.tables == [["999", "999", "999"]]
    assert shown.difference.picture.tables == [[".i.", "...", "..b"]]
    assert output_view("", got, want).got.picture.scale == 9.0


def test_a_large_picture_shows_32_rows_and_columns_with_the_worst_element():
    want = np.zeros((50, 33))
    got = want.copy()
    got[49, 0] = 1.0
    picture = difference(got, want).got.picture
    assert (picture.corners, len(picture.tables[0]), len(picture.tables[0][0])) == ([(18, 0)], 32, 32)
    assert picture.tables[0][31][0] == "9"


def test_a_long_vector_of_floats_is_a_series():
    losses = np.linspace(1.0, 0.0, 1001)
    series = output_view("", losses, losses).got.series
    assert (len(series), series[0], series[-1]) == (128, 1.0, 0.0)
    assert difference(losses[:8], losses[:8] + 1).expected.series[0] == 2.0
    assert output_view("", losses[:7], None).got.series is None
    assert output_view("", np.arange(9), None).got.series is None
    assert value_view(losses).series is None


def test_no_view_grows_with_its_array():
    rng = np.random.default_rng(0)
    large = rng.normal(size=(9, 9, 60, 60))
    shown = difference(large + 1e-3, large)
    of_view = [len(json.dumps(asdict(view))) for view in (shown.got, shown.expected, shown.difference)]
    assert max(of_view) < 14_000
    assert len(json.dumps(asdict(output_view("", rng.normal(size=10**5), None)))) < 2_000


def test_what_is_no_array_is_no_picture_and_complex_numbers_are_shown():
    assert output_view("", "text", None).got.cells == [["text"]]
    assert value_view(np.full((3, 3), 1 + 2j)).picture is None
