"""Arrays of a verdict as a learner sees them: tables, pictures, curves."""

import re

import numpy as np
import pytest

from grader.judge.comparison import Rules, compare
from grader.judge.verdict import FailingCase, Verdict, VerdictCode
from grader.judge.views import difference_view, input_views
from tests.web.html import elements, text


def verdict_on(got, want, inputs=()):
    difference = compare(np.asarray(got), np.asarray(want), Rules(1e-6, 1e-9))
    view = difference_view(difference)
    case = FailingCase(
        "values",
        "a case",
        "sample",
        difference.category,
        difference.message,
        inputs=input_views(dict(inputs)),
        got=view.got,
        expected=view.expected,
        difference=view.difference,
        worst_index=None if difference.worst_index is None else list(difference.worst_index),
    )
    return Verdict(VerdictCode.WRONG_ANSWER, 0.0, 10.0, [], failing_case=case)


@pytest.fixture
def shown(signed_in, make_graded):
    """Return a function that shows the failing case for what was got and expected."""
    return lambda *case: signed_in.get(f"/submissions/{make_graded(verdict_on(*case)).pk}/result/")


def modes(response):
    """Return what the page offers to switch to, with what is chosen marked by a star."""
    radios = [radio for radio in elements(response, "input", type="radio") if radio["name"].endswith("-mode")]
    return [radio["value"] + "*" * ("checked" in radio) for radio in radios]


def test_of_one_number_there_is_nothing_to_switch(shown):
    response = shown(1.0, 2.0)
    assert elements(response, "input", type="radio") == []
    assert "Got ≠" not in text(response)
    assert "Got 1 differs Expected 2 differs" in text(response)
    assert "Got − expected" not in text(response)


def test_a_table_is_shown_as_numbers_and_its_difference_is_offered(shown):
    response = shown([[1.0, 2.0]], [[1.0, 5.0]])
    assert modes(response) == ["numbers*", "difference"]
    assert "Got − expected 0 1 0 0 -3 differs" in text(response)


def test_a_map_is_offered_as_a_picture_and_one_too_large_for_a_table_begins_with_it(shown):
    small = np.ones((4, 4))
    assert modes(shown(small, 2 * small)) == ["numbers*", "difference", "picture"]
    large = np.ones((1, 9, 9))
    response = shown(large, 2 * large)
    assert modes(response) == ["numbers", "difference", "picture*"]
    assert "Here: rows 0 to 7 of 9, columns 0 to 7 of 9." in text(response)


def test_a_series_begins_as_a_plot_that_tells_its_numbers(shown):
    want = np.linspace(1.0, 0.0, 20)
    response = shown(want[::-1].copy(), want)
    assert modes(response) == ["numbers", "difference", "plot*"]
    assert "Got: from 0 to 1, lowest 0, highest 1; Expected: from 1 to 0, lowest 0, highest 1." in text(response)
    assert len(elements(response, "polyline")) == 2


def test_a_series_over_many_powers_of_ten_is_plotted_by_them(shown):
    want = 10.0 ** -np.arange(9.0)
    assert "power of ten" in text(shown(2 * want, want))
    assert "power of ten" not in text(shown(1 + want, 2 + want))


def test_a_series_with_nan_is_plotted_without_it(shown):
    want = np.linspace(1.0, 0.0, 10)
    got = want.copy()
    got[3:] = np.nan
    assert "Got: from 1 to 0.7778" in text(shown(got, want))
    assert elements(shown(np.full(10, np.nan), np.full(10, np.inf)), "polyline") == []


def test_slices_are_switched_between_and_those_that_differ_are_marked(shown):
    want = np.zeros((1, 3, 2, 2))
    got = want.copy()
    got[0, 2, 1, 1] = 4.0
    response = shown(got, want)
    slices = [radio for radio in elements(response, "input") if radio["name"].endswith("-slice")]
    assert [radio["value"] for radio in slices] == ["0, 0", "0, 1", "0, 2"]
    assert ["checked" in radio for radio in slices] == [False, False, True]
    assert "Slice [0, 0] [0, 1] [0, 2] ≠ differs" in text(response)
    assert [div["class"] for div in elements(response, "div") if div.get("class", "").startswith("slice ")] == [
        "slice slice-1",
        "slice slice-2",
        "slice slice-3",
    ]


def test_it_is_said_when_there_are_more_slices_than_shown(shown):
    want = np.zeros((20, 2, 2))
    assert "Slice (8 of 20)" in text(shown(want + 1, want))


def test_small_slices_of_an_input_stand_side_by_side(shown):
    response = shown(1.0, 2.0, {"w": np.ones((2, 1, 2)), "x": np.ones((2, 5, 5))})
    assert "(2, 1, 2), float64 w[0] 0 1 0 1 1 w[1]" in text(response)
    slices = [radio["value"] for radio in elements(response, "input") if radio["name"].endswith("-slice")]
    assert slices == ["0", "1"]


def test_one_switch_turns_all_inputs_into_pictures(shown):
    response = shown(1.0, 2.0, {"w": np.ones((3, 3)), "x": np.ones((4, 5)), "lr": 0.1})
    assert modes(response) == ["numbers*", "picture"]
    assert len(elements(response, "svg", class_="heat")) == 2
    assert modes(shown(1.0, 2.0, {"w": np.ones((9, 9))})) == ["numbers", "picture*"]


def test_shapes_that_differ_are_shown_one_after_the_other(shown):
    response = shown(np.ones((2, 3)), np.ones((3, 2)))
    assert "Got (2, 3), float64" in text(response)
    assert "Expected (3, 2), float64" in text(response)
    assert elements(response, "td", class_="differs") == []


def test_decimal_points_stand_under_each_other(shown):
    response = shown([[1.0], [22.25], [1e-9]], [[2.0], [23.25], [1.0]])
    cells = re.findall(r"<td[^>]*>([^<]*)<span", response.content.decode())
    assert cells[:3] == ["1    ", "22.25 ", "1e-09"]


def test_the_worst_cell_is_named(shown):
    response = shown([[1.0, 2.0, 3.0]], [[1.5, 9.0, 3.0]])
    titles = [cell.get("title") for cell in elements(response, "td") if "differs" in cell.get("class", "")]
    assert titles == ["differs", "the largest error"] * 2 + ["differs", "the largest error"]


def test_a_picture_marks_what_differs_and_what_is_negative_without_colour(shown):
    want = np.full((3, 3), -1.0)
    got = want.copy()
    got[1, 2] = 1.0
    response = shown(got, want)
    html = response.content.decode()
    got_picture, expected_picture, apart = re.findall(r'<svg class="heat".*?</svg>', html)
    assert "Got as a picture of 3 rows and 3 columns; 1 value that differs has a small square" in got_picture
    assert got_picture.count('class="heat-mark"') == 1
    assert 'class="heat-mark"' not in expected_picture + apart
    assert (got_picture.count(">−<"), expected_picture.count(">−<"), apart.count(">−<")) == (8, 9, 0)
    assert "style=" not in html


def test_no_two_switches_of_a_page_share_a_name(signed_in, make_graded):
    response = signed_in.get(f"/submissions/{make_graded(verdict_on(*_large())).pk}/result/")
    names = [radio["name"] for radio in elements(response, "input", type="radio")]
    chosen = [radio["name"] for radio in elements(response, "input", type="radio") if "checked" in radio]
    assert sorted(set(names)) == sorted(chosen)
    assert len(chosen) == 5


def _large():
    maps = np.arange(50.0).reshape(2, 5, 5)
    return maps, maps + 1, {"x": maps, "y": -maps}
