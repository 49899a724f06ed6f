import numpy as np
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
