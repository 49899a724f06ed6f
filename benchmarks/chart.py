"""Horizontal bars on a logarithmic scale, as an SVG file that follows the reader's light or dark theme."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from benchmarks.tables import milliseconds

_WIDTH, _LEFT, _RIGHT = 860, 300, 96
_ROW, _TOP, _GAP, _FOOT = 26, 56, 34, 54
_STYLE = """
.paper { fill: #ffffff; }
text { font: 13px system-ui, sans-serif; fill: #1b1f24; stroke: #ffffff; stroke-width: 3px; paint-order: stroke; }
.title { font-size: 15px; font-weight: 600; }
.group { font-weight: 600; }
.note, .tick { font-size: 11px; fill: #57606a; }
.grid { stroke: #d0d7de; }
.rival { fill: #8c959f; }
.ours { fill: #0969da; }
.p95 { stroke: #1b1f24; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117; }
  text { fill: #e6edf3; stroke: #0d1117; }
  .note, .tick { fill: #9198a1; }
  .grid { stroke: #3d444d; }
  .rival { fill: #6e7681; }
  .ours { fill: #4493f8; }
  .p95 { stroke: #e6edf3; }
}
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from the left edge to `median`, and a line from there to `p95`, in the unit of the chart."""

    group: str
    label: str
    median: float
    p95: float
    ours: bool


def chart(title: str, bars: Sequence[Bar], note: str, unit: str = "ms") -> str:
    """Return the SVG; bars of one group follow one another under its name."""
    scale = _Scale.around(bars)
    parts = []
    y = _TOP
    for group, members in groupby(bars, key=lambda bar: bar.group):
        parts.append(f'<text class="group" x="16" y="{y + 17}">{escape(group)}</text>')
        y += _GAP - 8
        for bar in members:
            parts.append(_drawn(bar, scale, y, unit))
            y += _ROW
        y += 12
    height = y + _FOOT
    grid = [_grid(power, scale, y, unit) for power in scale.powers]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"',
            f'role="img" aria-label="{escape(title)}">',
            f"<style>{_STYLE}</style>",
            '<rect class="paper" width="100%" height="100%"/>',
            f'<text class="title" x="16" y="28">{escape(title)}</text>',
            *grid,
            *parts,
            *_note(note, y + 36),
            "</svg>\n",
        ]
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    low: int
    high: int

    @classmethod
    def around(cls, bars: Sequence[Bar]) -> "_Scale":
        low = math.floor(math.log10(min(bar.median for bar in bars)))
        return cls(low, max(low + 1, math.ceil(math.log10(max(bar.p95 for bar in bars)))))

    @property
    def powers(self) -> range:
        return range(self.low, self.high + 1)

    def x(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def _drawn(bar: Bar, scale: _Scale, y: int, unit: str) -> str:
    end, far = scale.x(bar.median), scale.x(bar.p95)
    kind = "ours" if bar.ours else "rival"
    return (
        f'<text x="{_LEFT - 10}" y="{y + 15}" text-anchor="end">{escape(bar.label)}</text>'
        f'<rect class="{kind}" x="{_LEFT}" y="{y + 3}" width="{max(1.0, round(end - _LEFT, 1))}" height="{_ROW - 9}"/>'
        f'<line class="p95" x1="{end}" y1="{y + 11.5}" x2="{far}" y2="{y + 11.5}"/>'
        f'<text x="{far + 6}" y="{y + 16}">{milliseconds(bar.median)} {unit}</text>'
    )


def _grid(power: int, scale: _Scale, bottom: int, unit: str) -> str:
    x = scale.x(10.0**power)
    return (
        f'<line class="grid" x1="{x}" y1="{_TOP}" x2="{x}" y2="{bottom}"/>'
        f'<text class="tick" x="{x}" y="{bottom + 15}" text-anchor="middle">{10.0**power:g} {unit}</text>'
    )


def _note(note: str, y: int) -> list[str]:
    """Return the note in lines that fit under the chart."""
    lines, line = [], ""
    for word in note.split():
        if len(line) + len(word) > 130:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [
        f'<text class="note" x="16" y="{y + 14 * number}">{escape(text)}</text>'
        for number, text in enumerate([*lines, line])
    ]
