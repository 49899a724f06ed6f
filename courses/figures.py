"""A small SVG writer for the figures of the lessons, and the reader of the `figure.py` beside each lesson.

A figure is inlined into a page with a strict content security policy and follows its colour scheme. So it holds no
colours, no style, no script and no ids: geometry is in attributes, every colour comes from the site's style sheet.

Classes to be styled there
    fig                     the root; as wide as the column, at most 40rem
    fig-text                fill: the text colour
    fig-muted               fill: the muted text colour (tick labels, notes)
    fig-axis                stroke: axes and ticks
    fig-grid                stroke: faint lines behind the curves
    fig-line-1 ... 4        stroke: the series, told apart by dashes too, and marked windows; no fill
    fig-fill-1 ... 4        fill: bars and points of the series; the same hues
    fig-cell                stroke: borders of heat-map cells; no fill where nothing else sets one
    fig-cell-pos, -neg      fill: hue of positive and of negative cells
    fig-level-0 ... 5       fill-opacity: 0, 0.1, 0.2, 0.32, 0.44, 0.56; text on the cells must keep its contrast

Widths are about 480 units, so that text of 16 units is read at about 11 px on a screen of 360 px.
"""

import importlib.util
import math
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

TEXT_SIZE = 16
DASHES = {1: "", 2: "9 5", 3: "2 4", 4: "12 4 2 4"}


class FigureError(Exception):
    """A figure.py that cannot be drawn: names the file and what it must define."""


def redraw(content: Path) -> Iterator[tuple[Path, str]]:
    """Draw every figure under `content`: yields the path beside the lesson and the SVG that belongs there."""
    for script in sorted(content.glob("*/*/figure.py")):
        spec = importlib.util.spec_from_file_location(f"figure_of_{script.parent.name}", script)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        if not hasattr(module, "draw"):
            raise FigureError(f"{script}: defines no draw(); it must return a dict of file names and SVG texts.")
        for name, svg in module.draw().items():
            yield script.parent / name, svg


class Drawing:
    """A canvas: elements are added in units of the viewBox, y downwards, and written out by `svg`."""

    def __init__(self, width: int, height: int, title: str, description: str) -> None:
        self.width = width
        self.height = height
        self._elements = [f"<title>{escape(title)}</title>", f"<desc>{escape(description)}</desc>"]

    def add(self, tag: str, classes: str, content: str = "", **attributes: float | str) -> None:
        """Add one element. Attribute names have `_` for `-`, numbers are rounded to a tenth of a unit."""
        pairs = {name.rstrip("_").replace("_", "-"): _attribute(value) for name, value in attributes.items()}
        written = "".join(f' {name}="{value}"' for name, value in pairs.items() if value)
        end = f">{escape(content)}</{tag}>" if content else "/>"
        self._elements.append(f'<{tag} class="{classes}"{written}{end}')

    def text(self, x: float, y: float, content: str, anchor: str = "start", classes: str = "fig-text") -> None:
        """Write `content` with its baseline at y; anchor is start, middle or end."""
        self.add("text", classes, content, x=x, y=y, font_size=TEXT_SIZE, text_anchor=anchor)

    def line(self, x1: float, y1: float, x2: float, y2: float, classes: str, width: float = 1) -> None:
        self.add("line", classes, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=width)

    def rectangle(self, x: float, y: float, width: float, height: float, classes: str, stroke: float = 1) -> None:
        self.add("rect", classes, x=x, y=y, width=width, height=height, stroke_width=stroke)

    def key(self, x: float, y: float, series: int, label: str, *, bar: bool = False) -> None:
        """One entry of a legend: a sample of the series, then its label; (x, y) is the left end of the sample."""
        if bar:
            self.rectangle(x + 8, y - 7, 14, 14, f"fig-fill-{series}")
        else:
            self.add(
                "line",
                f"fig-line-{series}",
                x1=x,
                y1=y,
                x2=x + 28,
                y2=y,
                stroke_width=3,
                stroke_dasharray=DASHES[series],
            )
        self.text(x + 34, y + 5, label)

    def svg(self) -> str:
        box = f"0 0 {self.width} {self.height}"
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="{box}" role="img">'
        return "\n".join([head, *self._elements, "</svg>\n"])


class Axes:
    """A rectangle of the drawing with its own coordinates, y upwards."""

    def __init__(
        self,
        drawing: Drawing,
        box: tuple[float, float, float, float],
        x_range: tuple[float, float],
        y_range: tuple[float, float],
    ) -> None:
        """`box` is left, top, width and height in units of the drawing; the ranges are what it shows."""
        self.drawing = drawing
        self.left, self.top, self.width, self.height = box
        self.x_range, self.y_range = x_range, y_range

    def x(self, value: float) -> float:
        low, high = self.x_range
        return self.left + (value - low) / (high - low) * self.width

    def y(self, value: float) -> float:
        low, high = self.y_range
        return self.top + self.height - (value - low) / (high - low) * self.height

    def frame(
        self, x_ticks: Sequence[float] = (), y_ticks: Sequence[float] = (), x_label: str = "", y_label: str = ""
    ) -> None:
        """Draw grid, tick labels and the two axes; the y label stands above its axis, so that it reads level."""
        bottom, right, draw = self.top + self.height, self.left + self.width, self.drawing
        for value in y_ticks:
            draw.line(self.left, self.y(value), right, self.y(value), "fig-grid")
            draw.text(self.left - 6, self.y(value) + 5, number(value), "end", "fig-muted")
        for value in x_ticks:
            draw.line(self.x(value), self.top, self.x(value), bottom, "fig-grid")
            draw.text(self.x(value), bottom + 18, number(value), "middle", "fig-muted")
        draw.line(self.left, bottom, right, bottom, "fig-axis")
        draw.line(self.left, self.top, self.left, bottom, "fig-axis")
        draw.text(right, bottom + 38, x_label, "end")
        draw.text(self.left, self.top - 10, y_label)

    def curve(self, xs: Sequence[float], ys: Sequence[float], series: int) -> None:
        """Draw a polyline through the points that lie inside the axes."""
        inside = [(x, y) for x, y in zip(xs, ys, strict=True) if self.y_range[0] <= y <= self.y_range[1]]
        points = " ".join(f"{_rounded(self.x(x))},{_rounded(self.y(y))}" for x, y in inside)
        self.drawing.add(
            "polyline", f"fig-line-{series}", points=points, stroke_width=3, stroke_dasharray=DASHES[series]
        )

    def point(self, x: float, y: float, series: int, radius: float = 6) -> None:
        self.drawing.add("circle", f"fig-fill-{series}", cx=self.x(x), cy=self.y(y), r=radius)

    def bar(self, x: float, height: float, width: float, series: int, label: str = "") -> None:
        """Draw a bar from 0 to `height` around x, `width` in the unit of x, with its label above."""
        left, top = self.x(x - width / 2), self.y(height)
        self.drawing.rectangle(left, top, self.x(x + width / 2) - left, self.y(0) - top, f"fig-fill-{series}")
        self.drawing.text(self.x(x), top - 5, label, "middle")


def heat_map(
    drawing: Drawing,
    corner: tuple[float, float],
    values: Sequence[Sequence[float]],
    cell: float,
) -> None:
    """Draw a table of numbered cells: hue by sign, strength by size relative to the largest."""
    left, top = corner
    largest = max(abs(value) for row in values for value in row) or 1.0
    for i, row in enumerate(values):
        for j, value in enumerate(row):
            sign, level = "neg" if value < 0 else "pos", math.ceil(5 * abs(value) / largest)
            x, y = left + j * cell, top + i * cell
            drawing.rectangle(x, y, cell, cell, f"fig-cell fig-cell-{sign} fig-level-{level}")
            drawing.text(x + cell / 2, y + cell / 2 + 6, number(value), "middle")


def number(value: float) -> str:
    """Write a number as short as it is, with a real minus sign."""
    return f"{value:.4g}".replace("-", "−")


def _rounded(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def _attribute(value: float | str) -> str:
    return escape(value) if isinstance(value, str) else _rounded(value)
