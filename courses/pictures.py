"""What a watch.py shows: a scene that stands still, and frames that move. docs/authoring.md tells how they are used.

All of it becomes plain JSON, and small: numbers keep four significant digits, and what is no number becomes null.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from courses.toml_table import closest

MOST_FRAMES = 300
MOST_BYTES = 8192  # of a frame or a scene as JSON
DIGITS = 4
LEVELS = "0123456789"  # of a region: how sure the model is of class 1
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
ARROWS = "^>v<"  # the actions of a world, in this order
CELLS = {"S": "start", "G": "goal", "#": "cliff", ".": "free"}

Parts = Mapping[str, "Dot | Drawn | Walked"]


class PictureError(ValueError):
    """A scene or a frame that cannot be shown; says what to write instead."""


@dataclass(frozen=True, slots=True)
class Axis:
    label: str
    low: float
    high: float

    def as_dict(self) -> dict[str, Any]:
        return {"label": self.label, "low": _number(self.low), "high": _number(self.high)}


@dataclass(frozen=True, slots=True)
class Dot:
    """The next point of each line of a Curve."""

    x: float
    y: float | Sequence[float]

    def as_dict(self) -> dict[str, Any]:
        return {"x": _number(self.x), "y": [_number(y) for y in np.atleast_1d(np.asarray(self.y, dtype=float))]}


@dataclass(frozen=True, slots=True)
class Curve:
    """Numbers by step. The vertical axis grows with what comes, where it has no `limits`."""

    title: str
    x: Axis
    y: str
    limits: tuple[float, float] | None = None
    lines: tuple[str, ...] = ("",)  # their names, where there are several
    is_log: bool = False
    part: ClassVar[type] = Dot

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": "curve",
            "title": self.title,
            "x": self.x.as_dict(),
            "y": self.y,
            "limits": self.limits and list(self.limits),
            "lines": list(self.lines),
            "log": self.is_log,
        }


@dataclass(frozen=True, slots=True)
class Drawn:
    """What moves in a Plane."""

    line: Sequence[Sequence[float]] | None = None  # two ends: see `Plane.line`, `Plane.boundary`
    region: ArrayLike | None = None  # how sure the model is of class 1, 0 to 1, at each of `Plane.grid`
    marks: ArrayLike | None = None  # centroids
    classes: ArrayLike | None = None  # of the points, where they are not those of the scene
    points: ArrayLike | None = None  # where they are not those of the scene
    wrong: Sequence[int] = ()  # positions of the points that the model gets wrong

    def as_dict(self) -> dict[str, Any]:
        parts = {
            "line": None if self.line is None else _numbers(self.line),
            "region": None if self.region is None else _levels(self.region),
            "marks": None if self.marks is None else _numbers(self.marks),
            "classes": None if self.classes is None else _classes(self.classes),
            "points": None if self.points is None else _numbers(self.points),
            "wrong": [int(position) for position in self.wrong],
        }
        return {name: value for name, value in parts.items() if value is not None and value != []}


@dataclass(frozen=True, slots=True)
class Plane:
    """Points in a plane, in classes or not, and what a model makes of it."""

    title: str
    x: Axis
    y: Axis
    points: ArrayLike
    classes: ArrayLike | None = None
    names: tuple[str, ...] = ()  # of the classes
    marks: str = ""  # what the crosses are
    side: int = 24  # rows and columns of a region
    part: ClassVar[type] = Drawn

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": "plane",
            "title": self.title,
            "x": self.x.as_dict(),
            "y": self.y.as_dict(),
            "points": _numbers(self.points),
            "classes": None if self.classes is None else _classes(self.classes),
            "names": list(self.names),
            "marks": self.marks,
            "side": self.side,
        }

    def grid(self) -> NDArray[np.float64]:
        """Return the middles of the cells of a region, (side², 2), row by row from the top left."""
        middles = (np.arange(self.side) + 0.5) / self.side
        x = self.x.low + middles * (self.x.high - self.x.low)
        y = self.y.high - middles * (self.y.high - self.y.low)
        return np.stack([np.tile(x, self.side), np.repeat(y, self.side)], axis=1)

    def line(self, slope: float, intercept: float) -> list[list[float]] | None:
        """Return the ends of y = slope·x + intercept within the picture, None where it is outside."""
        return self.boundary((slope, -1.0), intercept)

    def boundary(self, w: ArrayLike, b: float) -> list[list[float]] | None:
        """Return the ends of w·x + b = 0 within the picture, None where it is outside."""
        weights = np.asarray(w, dtype=float)
        with np.errstate(all="ignore"):  # of weights that are almost nothing, or no numbers: then there is no line
            normal, offset = weights / np.abs(weights).max(), b / np.abs(weights).max()
        if not (np.isfinite(normal).all() and np.isfinite(offset)):
            return None
        low, high = np.array([self.x.low, self.y.low]), np.array([self.x.high, self.y.high])
        foot = (low + high) / 2
        foot = foot - (normal @ foot + offset) / (normal @ normal) * normal  # the point nearest to the middle
        direction = np.array([-normal[1], normal[0]])
        with np.errstate(all="ignore"):
            ends = np.stack([(low - foot) / direction, (high - foot) / direction])
        inside = (foot >= low) & (foot <= high)
        ends = np.where(direction == 0, np.where(inside, [[-np.inf], [np.inf]], np.nan), ends)
        first, last = ends.min(axis=0).max(), ends.max(axis=0).min()
        if not first < last:
            return None
        return [list(foot + first * direction), list(foot + last * direction)]


@dataclass(frozen=True, slots=True)
class Walked:
    """What moves in a World."""

    values: ArrayLike  # of each cell, row by row
    actions: ArrayLike  # the best one in each cell: 0 to 3 for up, right, down, left; -1 for none
    path: Sequence[int] = ()  # cells that an agent walked through

    def as_dict(self) -> dict[str, Any]:
        arrows = "".join(
            " " if action < 0 else ARROWS[action] for action in np.asarray(self.actions, dtype=int).ravel()
        )
        return {"values": _numbers(np.ravel(self.values)), "arrows": arrows, "path": [int(cell) for cell in self.path]}


@dataclass(frozen=True, slots=True)
class World:
    """A grid of cells through which an agent walks: "." free, "S" start, "G" goal, "#" cliff."""

    title: str
    rows: tuple[str, ...]
    part: ClassVar[type] = Walked

    def as_dict(self) -> dict[str, Any]:
        unknown = set("".join(self.rows)) - set(CELLS)
        if unknown or len({len(row) for row in self.rows}) != 1:
            raise PictureError(f"World: write rows of the same length, of {' '.join(CELLS)}; got {list(self.rows)}.")
        return {"kind": "world", "title": self.title, "rows": list(self.rows)}


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands still. The first thing that `watch` yields."""

    pictures: Mapping[str, Curve | Plane | World]
    facts: tuple[str, ...]  # what each frame may tell in words
    frames: int  # how many come, at most

    def as_dict(self) -> dict[str, Any]:
        if not 0 < self.frames <= MOST_FRAMES:
            raise PictureError(f"Scene: frames is {self.frames}; allowed: 1 to {MOST_FRAMES}.")
        pictures = {name: each.as_dict() for name, each in self.pictures.items()}
        return {"frames": self.frames, "facts": list(self.facts), "pictures": pictures}


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment: what the pictures show, and the same in words, `facts`, by what they are."""

    label: str  # "step 40"
    facts: Mapping[str, Any]
    parts: Parts = field(default_factory=dict)

    def as_dict(self, scene: Scene) -> dict[str, Any]:
        for name in self.facts:
            if name not in scene.facts:
                raise PictureError(f"Frame: the scene promises no fact {name!r}.{closest(name, scene.facts)}")
        for name, part in self.parts.items():
            picture = scene.pictures.get(name)
            if picture is None:
                raise PictureError(f"Frame: the scene has no picture {name!r}.{closest(name, scene.pictures)}")
            if not isinstance(part, picture.part):
                raise PictureError(
                    f"Frame: {name!r} is a {type(picture).__name__}; give it a {picture.part.__name__}, "
                    f"not a {type(part).__name__}."
                )
        return {
            "label": self.label,
            "facts": {name: _text(value) for name, value in self.facts.items()},
            "parts": {name: part.as_dict() for name, part in self.parts.items()},
        }


@dataclass(frozen=True, slots=True)
class Ask:
    """A call of the learner's entry with `inputs`. `watch` gets its outputs: one array, or a list of them.

    `shapes` are those of the outputs: an output of as many elements gets that shape, any other one ends the watching
    with a sentence for the learner. So what `watch` gets always has the shape that it counts on.
    """

    inputs: Mapping[str, Any]
    shapes: Sequence[tuple[int, ...]]


def _number(value: Any) -> float | None:
    number = float(value)
    return float(f"{number:.{DIGITS}g}") if np.isfinite(number) else None


def _numbers(values: ArrayLike) -> Any:
    array = np.asarray(values, dtype=float)
    return [_numbers(row) for row in array] if array.ndim > 1 else [_number(value) for value in array]


def _levels(region: ArrayLike) -> str:
    """Return a digit for each cell; what is no number counts as undecided."""
    sure = np.nan_to_num(np.clip(np.asarray(region, dtype=float).ravel(), 0.0, 1.0), nan=0.5)
    return "".join(LEVELS[level] for level in np.minimum((sure * len(LEVELS)).astype(int), len(LEVELS) - 1))


def _classes(classes: ArrayLike) -> str:
    labels = np.asarray(classes).astype(int).ravel()
    if np.any((labels < 0) | (labels > 9)):
        raise PictureError(f"Classes are digits from 0 to 9; got {sorted(set(labels.tolist()))}.")
    return "".join(str(label) for label in labels)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if not np.isfinite(value):
        return "no number"
    text = f"{value:,}" if isinstance(value, int | np.integer) else f"{float(value):.{DIGITS}g}"
    mantissa, _, exponent = text.partition("e")
    power = f"·10{str(int(exponent)).translate(RAISED)}" if exponent else ""
    return mantissa.replace("-", "−") + power
