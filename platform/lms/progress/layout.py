"""Where the boxes of a layered drawing stand and how its links run (after Sugiyama, Tagawa and Toda, 1981).

Boxes stand in columns and lanes. The column of a box is the length of the longest chain of links that leads to it, so
every link runs to the right. A link that passes a column holds a slot of its own there, like a very flat box; links
that leave the same place share it. So no link ever runs across a box. Within a lane the order in a column follows the
mean place of what each slot is linked to (barycentres), in sweeps to and fro; the order with the fewest crossings is
kept. Then each slot moves towards its links as far as that order and the gaps allow.

The same boxes and links always give the same drawing.
"""

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from itertools import pairwise
from statistics import fmean

ORDER_SWEEPS = 8
PLACE_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Box:
    key: str
    lane: int
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """From the right side of a box to the left side of another; the offsets count from the tops of the boxes."""

    source: str
    target: str
    leaves: float
    arrives: float


@dataclass(frozen=True, slots=True)
class Metrics:
    box_width: float = 248
    gutter: float = 56  # between columns: where links change their height
    gap: float = 18  # between boxes of a column
    track: float = 10  # height of a link that passes a column
    lane_head: float = 40  # above the boxes of a lane, for its title
    lane_foot: float = 18
    lane_gap: float = 12
    margin: float = 18


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Lane:
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    width: float
    height: float
    places: dict[str, Point]  # of the top left corner of each box
    lanes: list[Lane]
    routes: list[list[Point]]  # of each link: straight between the points 2k − 1 and 2k, a curve between the others


@dataclass(slots=True, eq=False)
class _Slot:
    """A box, or the place where links pass a column."""

    column: int
    lane: int
    height: float
    y: float = 0.0
    before: list["_Joint"] = field(default_factory=list)
    after: list["_Joint"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class _Joint:
    """One end of the piece of a link between two neighbouring columns: the slot there, and the offsets at both ends."""

    other: _Slot
    own_offset: float
    other_offset: float


def lay_out(boxes: Sequence[Box], links: Sequence[Link], metrics: Metrics | None = None) -> Layout:
    """Return the drawing of a graph without circles. Raises graphlib.CycleError where there is one."""
    metrics = metrics or Metrics()
    columns = _columns(boxes, links)
    slots = {box.key: _Slot(columns[box.key], box.lane, box.height) for box in boxes}
    ways = _ways(slots, links, metrics.track)
    every = list(dict.fromkeys([*slots.values(), *(slot for way in ways for slot in way)]))
    grid = _ordered(every)
    lanes = _lanes(grid, max((box.lane for box in boxes), default=-1) + 1, metrics)
    _place(grid, lanes, metrics)
    step = metrics.box_width + metrics.gutter
    width = 2 * metrics.margin + max(len(grid) * step - metrics.gutter, 0)
    places = {key: Point(metrics.margin + slot.column * step, slot.y) for key, slot in slots.items()}
    routes = [_route(link, way, metrics) for link, way in zip(links, ways, strict=True)]
    bottom = lanes[-1].top + lanes[-1].height if lanes else 0.0
    return Layout(width, bottom, places, lanes, routes)


def _columns(boxes: Sequence[Box], links: Sequence[Link]) -> dict[str, int]:
    """Return the length of the longest chain of links that leads to each box."""
    earlier: dict[str, set[str]] = {box.key: set() for box in boxes}
    for link in links:
        earlier[link.target].add(link.source)
    columns: dict[str, int] = {}
    for key in TopologicalSorter(earlier).static_order():
        columns[key] = max((columns[before] + 1 for before in earlier[key]), default=0)
    return columns


def _ways(boxes: dict[str, _Slot], links: Sequence[Link], track: float) -> list[list[_Slot]]:
    """Return the slots that each link goes through, its boxes included, and join them."""
    tracks: dict[tuple[str, float, int], _Slot] = {}
    joined: set[tuple[_Slot, float, _Slot, float]] = set()
    ways = []
    for link in links:
        source, target = boxes[link.source], boxes[link.target]
        passed = [
            tracks.setdefault((link.source, link.leaves, column), _Slot(column, source.lane, track))
            for column in range(source.column + 1, target.column)
        ]
        ways.append([source, *passed, target])
        ends = zip(ways[-1], [link.leaves, *[track / 2] * len(passed), link.arrives], strict=True)
        for (one, leaves), (two, arrives) in pairwise(ends):
            if (one, leaves, two, arrives) not in joined:  # links with a common beginning share their pieces
                joined.add((one, leaves, two, arrives))
                one.after.append(_Joint(two, leaves, arrives))
                two.before.append(_Joint(one, arrives, leaves))
    return ways


def _ordered(slots: list[_Slot]) -> list[list[_Slot]]:
    """Return the slots by column, each column by lane, in the order with the fewest crossings found."""
    grid: list[list[_Slot]] = [[] for _ in range(max((slot.column for slot in slots), default=-1) + 1)]
    for slot in slots:
        grid[slot.column].append(slot)
    grid = [sorted(column, key=lambda slot: slot.lane) for column in grid]
    best, fewest = grid, _crossings(grid)
    for sweep in range(ORDER_SWEEPS):
        if fewest == 0:
            break
        grid = _swept(grid, forward=sweep % 2 == 0)
        if (crossings := _crossings(grid)) < fewest:
            best, fewest = grid, crossings
    return best


def _swept(grid: list[list[_Slot]], *, forward: bool) -> list[list[_Slot]]:
    """Order each column, lane by lane, by the mean place of what its slots are linked to in the column before."""
    swept = grid if forward else grid[::-1]
    done = swept[:1]
    for column in swept[1:]:
        rank = {slot: place for place, slot in enumerate(done[-1])}
        means = [_mean_rank(slot, rank, place, forward=forward) for place, slot in enumerate(column)]
        done.append([slot for _, _, slot in sorted(zip(means, range(len(column)), column, strict=True))])
    return done if forward else done[::-1]


def _mean_rank(slot: _Slot, rank: dict[_Slot, int], own: int, *, forward: bool) -> tuple[int, float]:
    joints = slot.before if forward else slot.after
    ranks = [rank[joint.other] + joint.other_offset / (joint.other.height + 1) for joint in joints]
    return slot.lane, fmean(ranks) if ranks else own


def _crossings(grid: list[list[_Slot]]) -> int:
    """Return how many pairs of pieces cross between neighbouring columns, going by the order alone."""
    total = 0
    for left, right in pairwise(grid):
        rank = {slot: place for place, slot in enumerate(right)}
        pieces = sorted(
            (place, joint.own_offset, rank[joint.other], joint.other_offset)
            for place, slot in enumerate(left)
            for joint in slot.after
        )
        arrived: list[tuple[int, float]] = []
        for _, _, place, offset in pieces:
            total += len(arrived) - bisect(arrived, (place, offset))
            insort(arrived, (place, offset))
    return total


def _lanes(grid: list[list[_Slot]], count: int, metrics: Metrics) -> list[Lane]:
    """Return the lanes from top to bottom, each as high as the fullest of its columns."""
    heights = [0.0] * count
    for column in grid:
        for lane, cell in _cells(column).items():
            heights[lane] = max(heights[lane], sum(slot.height + metrics.gap for slot in cell) - metrics.gap)
    lanes, top = [], 0.0
    for height in heights:
        lanes.append(Lane(top, metrics.lane_head + height + metrics.lane_foot))
        top += lanes[-1].height + metrics.lane_gap
    return lanes


def _cells(column: list[_Slot]) -> dict[int, list[_Slot]]:
    cells = defaultdict(list)
    for slot in column:
        cells[slot.lane].append(slot)
    return cells


def _place(grid: list[list[_Slot]], lanes: list[Lane], metrics: Metrics) -> None:
    """Give every slot its height: first at the top of its lane, then towards its links, in sweeps to and fro."""
    for sweep in range(PLACE_SWEEPS + 1):
        for column in grid if sweep % 2 == 0 else reversed(grid):
            for lane, cell in _cells(column).items():
                top = lanes[lane].top + metrics.lane_head
                bottom = lanes[lane].top + lanes[lane].height - metrics.lane_foot
                wanted = [_wanted(slot, forward=sweep % 2 == 0) if sweep else top for slot in cell]
                _settle(cell, wanted, top, bottom, metrics.gap)


def _wanted(slot: _Slot, *, forward: bool) -> float:
    joints = (slot.before if forward else slot.after) or slot.before or slot.after
    if not joints:
        return slot.y
    return fmean(joint.other.y + joint.other_offset - joint.own_offset for joint in joints)


def _settle(cell: list[_Slot], wanted: list[float], top: float, bottom: float, gap: float) -> None:
    """Bring the slots as near to where they want to be as order, gaps and lane allow (least squares).

    Less the heights of the slots above it, the places must not decrease: a regression that pooling neighbours which
    want to pass each other solves exactly.
    """
    offsets, total = [], 0.0
    for slot in cell:
        offsets.append(total)
        total += slot.height + gap
    highest, lowest = top, max(bottom - total + gap, top)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while pools and pools[-1][0] > mean:
            above, size = pools.pop()
            mean, count = (above * size + mean * count) / (size + count), size + count
        pools.append((mean, count))
    settled = [mean for mean, count in pools for _ in range(count)]
    for slot, place, offset in zip(cell, settled, offsets, strict=True):
        slot.y = min(max(place, highest), lowest) + offset


def _route(link: Link, way: list[_Slot], metrics: Metrics) -> list[Point]:
    step = metrics.box_width + metrics.gutter
    source, *passed, target = way
    points = [Point(metrics.margin + source.column * step + metrics.box_width, source.y + link.leaves)]
    for slot in passed:
        left, middle = metrics.margin + slot.column * step, slot.y + slot.height / 2
        points += [Point(left, middle), Point(left + metrics.box_width, middle)]
    return [*points, Point(metrics.margin + target.column * step, target.y + link.arrives)]
