"""The layered drawing: whatever the graph, nothing overlaps, links run one way, and the same graph is drawn alike."""

from graphlib import CycleError
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.progress.layout import Box, Link, Metrics, Point, lay_out

METRICS = Metrics()


@st.composite
def graphs(draw):
    """Boxes in lanes, and links from earlier to later ones, with every kind of shared and parallel link."""
    count = draw(st.integers(1, 24))
    sizes = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(30, 240)), min_size=count, max_size=count))
    boxes = [Box(f"b{number}", lane, height) for number, (lane, height) in enumerate(sizes)]
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] < pair[1])
    chosen = draw(st.lists(pairs, max_size=40)) if count > 1 else []
    shares = st.sampled_from([0.2, 0.5, 0.9])
    links = [
        Link(f"b{one}", f"b{two}", boxes[one].height * draw(shares), boxes[two].height * draw(shares))
        for one, two in chosen
    ]
    order = draw(st.permutations(range(count)))
    return [boxes[place] for place in order], links


def _rectangles(boxes, layout):
    return {
        box.key: (place.x, place.y, place.x + METRICS.box_width, place.y + box.height)
        for box in boxes
        for place in [layout.places[box.key]]
    }


def _apart(one, two, gap=0.0):
    return one[2] <= two[0] or two[2] <= one[0] or one[3] + gap <= two[1] + 1e-6 or two[3] + gap <= one[1] + 1e-6


@given(graphs())
@settings(max_examples=200, deadline=None)
def test_boxes_keep_their_distance_and_stay_in_their_lanes(graph):
    boxes, links = graph
    layout = lay_out(boxes, links, METRICS)
    rectangles = _rectangles(boxes, layout)
    for one, two in combinations(rectangles.values(), 2):
        assert _apart(one, two, METRICS.gap)
    for box in boxes:
        lane = layout.lanes[box.lane]
        left, top, right, bottom = rectangles[box.key]
        assert lane.top + METRICS.lane_head - 1e-6 <= top
        assert bottom <= lane.top + lane.height - METRICS.lane_foot + 1e-6
        assert 0 <= left < right <= layout.width
        assert bottom <= layout.height
    for above, below in pairwise(layout.lanes):
        assert above.top + above.height < below.top


@given(graphs())
@settings(max_examples=200, deadline=None)
def test_links_run_to_the_right_and_across_no_box(graph):
    boxes, links = graph
    layout = lay_out(boxes, links, METRICS)
    rectangles = _rectangles(boxes, layout)
    for link, route in zip(links, layout.routes, strict=True):
        source, target = rectangles[link.source], rectangles[link.target]
        assert route[0] == Point(source[2], source[1] + link.leaves)
        assert route[-1] == Point(target[0], target[1] + link.arrives)
        assert len(route) % 2 == 0
        for number, (one, two) in enumerate(pairwise(route)):
            assert one.x < two.x
            if number % 2:  # across a column, where boxes stand: level, and clear of all of them
                assert one.y == two.y
                assert all(_apart((one.x, one.y, two.x, two.y), other, 1) for other in rectangles.values())
            else:  # in a gutter, where none stands
                assert two.x - one.x == pytest.approx(METRICS.gutter)


@given(graphs())
@settings(max_examples=50, deadline=None)
def test_the_same_graph_is_drawn_alike(graph):
    boxes, links = graph
    assert lay_out(boxes, links, METRICS) == lay_out(list(boxes), list(links), METRICS)


def _box(key, lane=0, height=40):
    return Box(key, lane, height)


def _link(source, target):
    return Link(source, target, 20, 20)


def test_a_box_stands_one_column_after_the_last_of_what_leads_to_it():
    layout = lay_out([*map(_box, "abcd")], [_link("a", "b"), _link("b", "c"), _link("a", "c")], METRICS)
    step = METRICS.box_width + METRICS.gutter
    columns = {key: (place.x - METRICS.margin) / step for key, place in layout.places.items()}
    assert columns == {"a": 0, "b": 1, "c": 2, "d": 0}
    assert len(layout.routes[2]) == 4


def test_links_that_could_cross_are_uncrossed():
    boxes = [*map(_box, ["a", "b", "c", "z", "y", "x"])]
    layout = lay_out(boxes, [_link("a", "x"), _link("b", "y"), _link("c", "z")], METRICS)
    heights = {key: place.y for key, place in layout.places.items()}
    assert sorted("abc", key=heights.get) == [
        {"x": "a", "y": "b", "z": "c"}[key] for key in sorted("xyz", key=heights.get)
    ]
    assert [heights[one] for one in "abc"] == [heights[two] for two in "xyz"], "free boxes stand level with their links"


def test_boxes_that_want_the_same_place_stand_on_both_sides_of_it():
    boxes = [*map(_box, "abcde"), _box("y"), _box("z")]
    layout = lay_out(boxes, [_link("c", "y"), _link("c", "z")], METRICS)
    middle, apart = layout.places["c"].y, (40 + METRICS.gap) / 2
    assert [layout.places[key].y for key in "yz"] == pytest.approx([middle - apart, middle + apart])


def test_links_from_one_place_share_their_way():
    boxes = [*map(_box, "abcde")]
    chain = [_link("a", "b"), _link("b", "c"), _link("c", "d"), _link("c", "e")]
    layout = lay_out(boxes, [*chain, _link("a", "d"), _link("a", "e")], METRICS)
    assert layout.routes[4][:-1] == layout.routes[5][:-1]


def test_a_circle_is_refused():
    with pytest.raises(CycleError):
        lay_out([_box("a"), _box("b")], [_link("a", "b"), _link("b", "a")], METRICS)


def test_nothing_is_a_drawing_too():
    layout = lay_out([], [], METRICS)
    assert (layout.places, layout.lanes, layout.routes, layout.height) == ({}, [], [], 0)
