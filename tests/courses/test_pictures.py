import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.pictures import Axis, Curve, Dot, Drawn, Frame, PictureError, Plane, Scene, Walked, World

PLANE = Plane("Points", Axis("x", -2.0, 4.0), Axis("y", 0.0, 3.0), [[0.0, 1.0], [1.0, 2.0]], [0, 1], side=3)
CURVE = Curve("Loss", Axis("step", 0, 10), "Q")
WORLD = World("World", ("..G", "S##"))
SCENE = Scene(
    {"data": PLANE, "loss": CURVE, "world": WORLD},
    ("Loss", "Steps", "Reward", "Right", "Gone", "Huge", "Tiny"),
    frames=5,
)


def told(**parts):
    """Return the parts of a frame as they arrive in a browser."""
    return json.loads(json.dumps(Frame("now", {}, parts).as_dict(SCENE)["parts"], allow_nan=False))


def test_a_scene_is_plain_json():
    scene = json.loads(json.dumps(SCENE.as_dict(), allow_nan=False))
    assert [picture["kind"] for picture in scene["pictures"].values()] == ["plane", "curve", "world"]
    assert scene["pictures"]["data"]["points"] == [[0.0, 1.0], [1.0, 2.0]]
    assert scene["pictures"]["data"]["classes"] == "01"
    assert scene["pictures"]["world"]["rows"] == ["..G", "S##"]


def test_numbers_keep_four_digits_and_what_is_none_becomes_null():
    assert told(loss=Dot(1, 0.123456)) == {"loss": {"x": 1.0, "y": [0.1235]}}
    assert told(loss=Dot(1, float("nan")))["loss"]["y"] == [None]
    assert told(data=Drawn(marks=[[1.0, float("inf")]])) == {"data": {"marks": [[1.0, None]]}}


def test_facts_are_words_for_people():
    facts = {
        "Loss": 0.0123456,
        "Steps": 12000,
        "Reward": -13,
        "Right": "96%",
        "Gone": float("inf"),
        "Huge": -1.7562e21,
        "Tiny": 3e-7,
    }
    assert Frame("now", facts).as_dict(SCENE)["facts"] == {
        "Loss": "0.01235",
        "Steps": "12,000",
        "Reward": "−13",
        "Right": "96%",
        "Gone": "no number",
        "Huge": "−1.756·10²¹",
        "Tiny": "3·10⁻⁷",
    }


def test_a_region_is_a_digit_for_each_cell():
    region = [0.0, 0.05, 0.5, 0.95, 1.0, -3.0, 7.0, float("nan"), 0.31]
    assert told(data=Drawn(region=region))["data"]["region"] == "005990953"


def test_the_grid_begins_at_the_top_left():
    grid = PLANE.grid()
    assert grid.shape == (9, 2)
    np.testing.assert_allclose(grid[0], [-1.0, 2.5])
    np.testing.assert_allclose(grid[1], [1.0, 2.5])
    np.testing.assert_allclose(grid[-1], [3.0, 0.5])


def test_actions_are_arrows():
    assert told(world=Walked([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, -1, -1], [3, 0])) == {
        "world": {"values": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0], "arrows": "^>v<  ", "path": [3, 0]}
    }


coefficients = st.floats(-1e3, 1e3)


@given(coefficients, coefficients, coefficients)
def test_a_boundary_lies_on_the_line_and_within_the_picture(w0, w1, b):
    ends = PLANE.boundary((w0, w1), b)
    corners = np.array([[x, y] for x in (-2.0, 4.0) for y in (0.0, 3.0)]) @ [w0, w1] + b
    if ends is None:  # then all corners are on one side, or there is no line at all
        assert w0 == w1 == 0 or np.all(corners >= -1e-6) or np.all(corners <= 1e-6) or max(abs(w0), abs(w1)) < 1e-300
        return
    for x, y in ends:
        assert -2.0 - 1e-6 <= x <= 4.0 + 1e-6
        assert -1e-6 <= y <= 3.0 + 1e-6
        assert abs(w0 * x + w1 * y + b) <= 1e-6 * (abs(w0) + abs(w1) + abs(b))


def test_a_line_by_slope_and_intercept():
    first, last = sorted(PLANE.line(0.5, 1.0))
    np.testing.assert_allclose([first, last], [[-2.0, 0.0], [4.0, 3.0]], atol=1e-9)
    assert PLANE.line(0.0, 9.0) is None
    assert PLANE.line(float("nan"), 0.0) is None


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Frame("now", {"loss": 1}).as_dict(SCENE), "no fact 'loss'. Did you mean 'Loss'"),
        (lambda: Frame("now", {}, {"lost": Dot(0, 1)}).as_dict(SCENE), "Did you mean 'loss'"),
        (lambda: Frame("now", {}, {"data": Dot(0, 1)}).as_dict(SCENE), "'data' is a Plane; give it a Drawn"),
        (lambda: Scene({}, (), frames=301).as_dict(), "allowed: 1 to 300"),
        (lambda: World("", ("..", "S")).as_dict(), "rows of the same length"),
        (lambda: World("", ("?G",)).as_dict(), "rows of the same length"),
        (lambda: told(data=Drawn(classes=[0, 12])), "digits from 0 to 9"),
    ],
)
def test_what_cannot_be_shown_is_refused(make, said):
    with pytest.raises(PictureError, match=said):
        make()
