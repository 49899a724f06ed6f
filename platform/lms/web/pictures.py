"""Pictures drawn by the server: heat maps of arrays, curves of series, the trend of scores.

Like the figures of the lessons they hold no colours and no style: geometry is in attributes, colours come from the
classes of prose.css (`fig-...`) and result.css (`heat-...`). What a colour says, a mark or a word says too.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from courses.figures import Axes, Drawing

STEPS = 9  # see grader.judge.pictures for the letters of a picture
NEGATIVE = "abcdefghi"
LARGE, SMALL, SPREAD = 30, 5, 160  # sides of a cell in pixels; the longer side of a picture
ROOM_FOR_MARKS = 12
LEFT, TOP = 26, 18  # room for the numbers of rows and columns


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture with its title, and what its strongest colour stands for."""

    title: str
    svg: SafeString
    scale: str
    part: str  # of a larger picture: which rows and columns these are


def heat_maps(views: Sequence[tuple[str, str, dict[str, Any]]], place: int, worst: Sequence[int] | None) -> list[Drawn]:
    """Draw table number `place` of each picture; they are given with title, role and ArrayView.

    What the picture of the difference shows at all is wrong: the same cells get a mark in the picture of got.
    """
    apart = next((view["picture"]["tables"][place] for _, role, view in views if role == "difference"), [])
    wrong = _wrong(apart)
    drawn = []
    for title, role, view in views:
        picture = view["picture"]
        table, corner = picture["tables"][place], picture["corners"][place]
        at = (worst[0] - corner[0], worst[1] - corner[1]) if worst else None
        svg = _heat_map(title, table, corner, wrong if role == "got" else set(), at)
        drawn.append(Drawn(title, svg, f"{picture['scale']:.4g}", part_of(view["shape"], table, corner)))
    return drawn


def part_of(shape: Sequence[int], table: Sequence[Sequence[str]], corner: Sequence[int]) -> str:
    """Say which rows and columns of an array a table holds, where these are not all."""
    rows, columns = (1, 1, *shape)[-2:]
    top, left = corner
    parts = []
    if len(table) < rows:
        parts.append(f"rows {top} to {top + len(table) - 1} of {rows}")
    if len(table[0]) < columns:
        word = "columns" if len(shape) > 1 else "values"
        parts.append(f"{word} {left} to {left + len(table[0]) - 1} of {columns}")
    return ", ".join(parts)


def curves(series: Sequence[tuple[str, str, dict[str, Any]]]) -> SafeString | str:
    """Draw series over their indices; each is given with title, role and ArrayView."""
    points = {title: _points(view) for title, _, view in series}
    finite = [y for line in points.values() for _, y in line]
    if not finite:
        return ""
    is_log = min(finite) > 0 and max(finite) / min(finite) > 1e3
    height = math.log10 if is_log else float
    longest = max(view["shape"][0] for _, _, view in series) - 1
    low, high = _range([height(y) for y in finite])
    said = "; ".join(f"{title}: {_told(line)}" for title, line in points.items() if line)
    drawing = Drawing(480, 300, "Values over their index", f"{said}.")
    axes = Axes(drawing, (64, 44, 400, 190), (0, longest), (low, high))
    axes.frame(_ticks(0, longest, whole=True), _ticks(low, high), "index", "power of ten" if is_log else "value")
    for place, (title, role, _) in enumerate(series):
        number = {"got": 2, "expected": 1}.get(role, 3)
        line = points[title]
        axes.curve([x for x, _ in line], [height(y) for _, y in line], number)
        drawing.key(250 + 110 * place - 90 * (len(series) - 1), 16, number, title)
    return mark_safe(drawing.svg())  # noqa: S308 -- Drawing escapes what it writes


def trend(scores: Sequence[float]) -> SafeString | str:
    """Draw shares of the full score, oldest first, as a small line with points; fewer than two make no trend."""
    if len(scores) < 2:
        return ""
    width, height, room = 12 * (len(scores) - 1), 28, 5
    places = [(room + 12 * number, room + (1 - score) * height) for number, score in enumerate(scores)]
    words = f"From {scores[0]:.0%} to {scores[-1]:.0%} of the points over {len(scores)} graded submissions"
    parts = [
        f"<title>{words}</title>",
        f'<line class="fig-grid" x1="{room}" y1="{room}" x2="{room + width}" y2="{room}"/>',
        f'<line class="fig-grid" x1="{room}" y1="{room + height}" x2="{room + width}" y2="{room + height}"/>',
        f'<polyline class="fig-line-1" points="{" ".join(f"{x},{y:.1f}" for x, y in places)}"/>',
        *(f'<circle class="fig-fill-1" cx="{x}" cy="{y:.1f}" r="3"/>' for x, y in places),
    ]
    return _svg("trend", width + 2 * room, height + 2 * room, parts)


def _heat_map(
    title: str, table: list[str], corner: Sequence[int], wrong: set[tuple[int, int]], worst: tuple[int, int] | None
) -> SafeString:
    rows, columns = len(table), len(table[0])
    side = max(SMALL, min(LARGE, SPREAD // max(rows, columns)))
    parts = [f"<title>{escape(_in_words(title, rows, columns, wrong))}</title>"]
    for classes, opacity, cells in _layers(table):
        path = "".join(f"M{LEFT + column * side} {TOP + row * side}h{side}v{side}h-{side}z" for row, column in cells)
        parts.append(f'<path class="{classes}" fill-opacity="{opacity:.2g}" d="{path}"/>')
    parts += _grid(rows, columns, side)
    parts += _signs(table, side)
    if wrong:
        mark = max(2, side // 4)
        corners = ((TOP + row * side + 1, LEFT + (column + 1) * side - mark - 1) for row, column in sorted(wrong))
        path = "".join(f"M{x} {y}h{mark}v{mark}h-{mark}z" for y, x in corners)
        parts.append(f'<path class="heat-mark" d="{path}"/>')
    if worst and 0 <= worst[0] < rows and 0 <= worst[1] < columns:
        x, y = LEFT + worst[1] * side, TOP + worst[0] * side
        parts.append(f'<rect class="heat-worst" x="{x}" y="{y}" width="{side}" height="{side}"/>')
    parts += _numbers(rows, columns, side, corner)
    return _svg("heat", LEFT + columns * side + 2, TOP + rows * side + 2, parts)


def _in_words(title: str, rows: int, columns: int, wrong: set[tuple[int, int]]) -> str:
    one = len(wrong) == 1
    marked = (
        f"; {len(wrong)} value{' that differs has' if one else 's that differ have'} a small square" if wrong else ""
    )
    return f"{title} as a picture of {rows} rows and {columns} columns{marked}. The numbers are under Numbers"


def _layers(table: list[str]) -> Iterator[tuple[str, float, list[tuple[int, int]]]]:
    """Give the cells of each colour and strength together, so that a picture takes few elements."""
    cells: dict[str, list[tuple[int, int]]] = {}
    for row, letters in enumerate(table):
        for column, letter in enumerate(letters):
            cells.setdefault(letter, []).append((row, column))
    for letter, places in sorted(cells.items()):
        if letter in NEGATIVE:
            yield "fig-cell-neg", (NEGATIVE.index(letter) + 1) / STEPS, places
        elif letter.isdigit() and letter != "0":
            yield "fig-cell-pos", int(letter) / STEPS, places
        elif letter in "pm":
            yield ("fig-cell-pos" if letter == "p" else "fig-cell-neg"), 1.0, places


def _signs(table: list[str], side: int) -> Iterator[str]:
    """Mark what is negative or no finite number, where the cells have room for it."""
    if side < ROOM_FOR_MARKS:
        return
    words = dict.fromkeys(NEGATIVE, "−") | {"n": "nan", "p": "∞", "m": "−∞"}
    for row, letters in enumerate(table):
        for column, letter in enumerate(letters):
            if letter in words:
                x, y = LEFT + (column + 0.5) * side, TOP + (row + 0.5) * side + 4
                yield f'<text class="fig-text" x="{x:g}" y="{y:g}" text-anchor="middle">{words[letter]}</text>'


def _grid(rows: int, columns: int, side: int) -> list[str]:
    width, height = columns * side, rows * side
    lines = f"M{LEFT} {TOP}h{width}v{height}h-{width}z"
    if side >= ROOM_FOR_MARKS:
        lines += "".join(f"M{LEFT} {TOP + row * side}h{width}" for row in range(1, rows))
        lines += "".join(f"M{LEFT + column * side} {TOP}v{height}" for column in range(1, columns))
    return [f'<path class="heat-grid" d="{lines}"/>']


def _numbers(rows: int, columns: int, side: int, corner: Sequence[int]) -> Iterator[str]:
    every = 1 if side >= 20 else 4 if side >= 10 else 8
    for row in range(0, rows, every):
        y = TOP + (row + 0.5) * side + 4
        yield f'<text class="fig-muted" x="{LEFT - 6}" y="{y:g}" text-anchor="end">{corner[0] + row}</text>'
    for column in range(0, columns, every):
        x = LEFT + (column + 0.5) * side
        yield f'<text class="fig-muted" x="{x:g}" y="{TOP - 6}" text-anchor="middle">{corner[1] + column}</text>'


def _wrong(table: list[str]) -> set[tuple[int, int]]:
    return {
        (row, column) for row, letters in enumerate(table) for column, letter in enumerate(letters) if letter != "."
    }


def _svg(classes: str, width: float, height: float, parts: Sequence[str]) -> SafeString:
    head = (
        f'<svg class="{classes}" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" role="img">'
    )
    return mark_safe("".join([head, *parts, "</svg>"]))  # noqa: S308 -- whoever writes text into a part escapes it


def _points(view: dict[str, Any]) -> list[tuple[float, float]]:
    """Return the points of a series that were kept and are finite."""
    values, last = view["series"], view["shape"][0] - 1
    step = last / (len(values) - 1)
    return [(number * step, value) for number, value in enumerate(values) if value is not None]


def _told(line: list[tuple[float, float]]) -> str:
    values = [y for _, y in line]
    return f"from {values[0]:.4g} to {values[-1]:.4g}, lowest {min(values):.4g}, highest {max(values):.4g}"


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.05 or abs(high) * 0.05 or 1.0
    return low - room, high + room


def _ticks(low: float, high: float, *, whole: bool = False) -> list[float]:
    """Return four to eight round numbers between low and high."""
    step = 10.0 ** math.floor(math.log10((high - low) / 4 or 1.0))
    step = next(each for each in (step, 2 * step, 5 * step, 10 * step) if (high - low) / each <= 6)
    if whole:
        step = max(1.0, step)
    first = math.ceil(low / step)
    return [round(number * step, 12) for number in range(first, math.floor(high / step) + 1)]
