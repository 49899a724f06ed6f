"""What pages show of the arrays of a verdict: numbers, difference, picture or curve, and one slice at a time.

The views come as JSON from `grader.judge.verdict` (ArrayView). Verdicts that were stored before a field was added to it
lack that field.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lms.web import pictures

View = dict[str, Any]
LABELS = {"numbers": "Numbers", "difference": "Difference", "picture": "Picture", "plot": "Plot"}
FEW_VALUES = 36  # of an input: then all its slices are shown at once


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the arrays that are shown together; `role` is got, expected, difference or given."""

    title: str
    role: str
    view: View


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    differs: bool
    is_worst: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table of numbers; a vector has one row, which bears no number."""

    panel: Panel
    part: str  # of a larger table: which rows and columns these are
    columns: list[int]
    rows: list[tuple[int, list[Cell]]]
    numbered_rows: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """What is shown of one place on the leading axes: `label` is empty where there are none."""

    label: str
    differs: bool
    is_first: bool
    numbers: list[Table]
    difference: list[Table]
    pictures: list[pictures.Drawn]


@dataclass(frozen=True, slots=True)
class Arrays:
    """Arrays of one shape, with the modes and slices that one switches between."""

    title: str
    modes: list[tuple[str, str]]
    mode: str
    slices: list[Slice]
    all_slices: int
    side_by_side: bool  # all slices at once
    type: View | None  # whose shape and dtype are those of all tables
    plot: str

    @property
    def has_slice_switch(self) -> bool:
        return len(self.slices) > 1 and not self.side_by_side

    @property
    def has_picture(self) -> bool:
        return any(name == "picture" for name, _ in self.modes)

    @property
    def has_difference(self) -> bool:
        return any(name == "difference" for name, _ in self.modes)


def output_arrays(output: dict[str, Any], worst: Sequence[int] | None = None) -> list[Arrays]:
    """Return what is shown of one output: got beside expected, or one after the other where their shapes differ.

    `output` is an OutputView, or a FailingCase or SampleCase, which have the same keys.
    """
    given = (("got", "Got"), ("expected", "Expected"), ("difference", "Got − expected"))
    panels = [Panel(title, role, output[role]) for role, title in given if output.get(role)]
    if panels and all(_places(panel.view) == _places(panels[0].view) for panel in panels):
        return [_arrays(panels, worst)]
    return [_arrays([panel]) for panel in panels]


def input_arrays(name: str, view: View) -> Arrays:
    return _arrays([Panel(name, "given", view)])


def _arrays(panels: list[Panel], worst: Sequence[int] | None = None) -> Arrays:
    if _size(panels[0].view["shape"]) == 1:  # got and expected say it all
        panels = [panel for panel in panels if panel.role != "difference"]
    view = panels[0].view
    plot = pictures.curves([(panel.title, panel.role, panel.view) for panel in panels if panel.view.get("series")])
    slices = sorted(_slices(panels, worst), key=lambda piece: _order(piece.label))
    alike = [panel for panel in panels if panel.role != "difference"]
    side_by_side = panels[0].role == "given" and len(slices) > 1 and _size(view["shape"]) <= FEW_VALUES
    is_shared = side_by_side or len(alike) > 1
    there_is = {
        "numbers": True,
        "difference": panels[-1].role == "difference",
        "picture": bool(view.get("picture")),
        "plot": bool(plot),
    }
    modes = [name for name in LABELS if there_is[name]]
    is_cut = any(table.part for piece in slices for table in piece.numbers)
    return Arrays(
        title=" and ".join(panel.title for panel in alike),
        modes=[(name, LABELS[name]) for name in modes],
        mode=modes[-1] if is_cut and modes[-1] in {"picture", "plot"} else "numbers",
        slices=slices,
        all_slices=_size(view["shape"][:-2]),
        side_by_side=side_by_side,
        type=view if is_shared and len({panel.view["dtype"] for panel in alike}) == 1 else None,
        plot=plot,
    )


def _slices(panels: Sequence[Panel], worst: Sequence[int] | None) -> Iterator[Slice]:
    blocks = [_blocks(panel.view) for panel in panels]
    for place, parallel in enumerate(zip(*blocks, strict=True)):
        block = parallel[0]
        is_worst_here = worst is not None and list(worst[:-2]) == block["block"]
        tables = [
            _table(panel, each, worst if is_worst_here else None) for panel, each in zip(panels, parallel, strict=True)
        ]
        yield Slice(
            label=", ".join(map(str, block["block"])),
            differs=bool(block["wrong"]),
            is_first=place == 0,
            numbers=[table for table in tables if table.panel.role != "difference"],
            difference=[table for table in tables if table.panel.role == "difference"],
            pictures=pictures.heat_maps(
                [(panel.title, panel.role, panel.view) for panel in panels if panel.view.get("picture")],
                place,
                worst[-2:] if worst and is_worst_here else None,
            ),
        )


def _blocks(view: View) -> list[View]:
    """Return the tables of a view, the one to look at first before the others."""
    return [view, *view.get("others", [])] if view["cells"] else []


def _places(view: View) -> list[tuple[Any, ...]]:
    return [(view["shape"], block["block"], block.get("corner")) for block in _blocks(view)]


def _table(panel: Panel, block: View, worst: Sequence[int] | None) -> Table:
    shape, cells = panel.view["shape"], block["cells"]
    top, left = block.get("corner", (0, 0))
    wrong = {(row, column) for row, column in block["wrong"]}
    place = (0, 0, *worst)[-2:] if worst is not None else None
    return Table(
        panel=panel,
        part=pictures.part_of(shape, cells, (top, left)),
        columns=list(range(left, left + len(cells[0]))) if shape else [],
        rows=[
            (
                top + row,
                [
                    Cell(text, (row, column) in wrong, (top + row, left + column) == place)
                    for column, text in enumerate(texts)
                ],
            )
            for row, texts in enumerate(_aligned(cells))
        ],
        numbered_rows=len(shape) > 1,
    )


def _aligned(cells: list[list[str]]) -> list[list[str]]:
    """Fill numbers up with spaces, so that the decimal points of a column stand under each other."""
    tails = [[len(text) - _point(text) for text in row] for row in cells]
    widest = [max(column) for column in zip(*tails, strict=True)]
    return [
        [text + " " * (most - tail) for text, tail, most in zip(row, mine, widest, strict=True)]
        for row, mine in zip(cells, tails, strict=True)
    ]


def _point(text: str) -> int:
    """Return where the whole part of a number ends; of a word that is its end."""
    if not text.lstrip("-")[:1].isdigit():
        return len(text)
    return min((place for mark in ".e" if (place := text.find(mark)) >= 0), default=len(text))


def _order(label: str) -> list[int]:
    return [int(number) for number in label.split(", ") if number]


def _size(shape: Sequence[int]) -> int:
    size = 1
    for side in shape:
        size *= side
    return size
