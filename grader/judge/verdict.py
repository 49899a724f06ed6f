"""The verdict on one submission: plain data that goes into the database, the API and the page as JSON."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any


class VerdictCode(StrEnum):
    ACCEPTED = "accepted"
    PARTIALLY_ACCEPTED = "partially_accepted"
    WRONG_ANSWER = "wrong_answer"
    TIME_LIMIT_EXCEEDED = "time_limit_exceeded"
    MEMORY_LIMIT_EXCEEDED = "memory_limit_exceeded"
    OUTPUT_LIMIT_EXCEEDED = "output_limit_exceeded"
    RUN_TIME_ERROR = "run_time_error"
    SYNTAX_ERROR = "syntax_error"
    FORBIDDEN_OPERATION = "forbidden_operation"
    INCONSISTENT = "inconsistent"
    INTERNAL_ERROR = "internal_error"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: passed when all its cases passed.

    `category` is "" or the first comparison that failed: error, not_returned, structure, shape, dtype, nan_pattern,
    values, inputs_changed, too_slow, inconsistent, not_run.
    """

    name: str
    kind: str
    passed: bool
    points: float
    max_points: float
    category: str = ""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class BlockView:
    """One table of an array: its last two axes at the leading indices `block`, from row and column `corner` on.

    `cells` holds at most 8 rows and columns, each cell a string; a scalar is [[cell]], a vector one row. `wrong` lists
    (row, column) of differing cells within `cells`.
    """

    block: list[int]
    cells: list[list[str]]
    wrong: list[tuple[int, int]] = field(default_factory=list)
    corner: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Picture:
    """The tables of an array in a few steps of strength, to be drawn: see grader.judge.pictures.

    `tables` are those of `ArrayView.block` and `others`, in this order; each is a list of rows, a letter for each
    value, from row and column of `corners` on. In the picture of a difference only what is wrong is drawn. `scale` is
    the size of the strongest step.
    """

    scale: float
    tables: list[list[str]]
    corners: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ArrayView:
    """A value made for a person to look at: a few tables of its last two axes, with wrong cells marked.

    The fields that it shares with BlockView are the table to look at first, which holds the worst element; `others` are
    up to seven more. `truncated` tells that the array holds more than these. `picture` and `series` are there
    where the shape suggests it: an image or a map of features, and a sequence of numbers such as a history of losses.
    """

    shape: list[int]
    dtype: str
    block: list[int]
    cells: list[list[str]]
    wrong: list[tuple[int, int]] = field(default_factory=list)
    truncated: bool = False
    corner: tuple[int, int] = (0, 0)
    others: list[BlockView] = field(default_factory=list)
    picture: Picture | None = None
    series: list[float] | None = None


@dataclass(frozen=True, slots=True)
class OutputView:
    """One output as it came and as it should have been; `difference` is got - expected where something differs."""

    name: str
    got: ArrayView | None
    expected: ArrayView | None
    difference: ArrayView | None = None


@dataclass(frozen=True, slots=True)
class FailingCase:
    """The smallest case that failed. Inputs, got, expected and their difference are given for sample cases only."""

    check: str
    case: str
    group: str  # sample, edge, secret
    category: str
    message: str
    inputs: dict[str, ArrayView] | None = None
    output: str = ""  # which of several outputs is meant
    got: ArrayView | None = None
    expected: ArrayView | None = None
    difference: ArrayView | None = None
    got_shape: list[int] | None = None
    expected_shape: list[int] | None = None
    got_dtype: str = ""
    expected_dtype: str = ""
    different: int | None = None  # how many elements differ
    size: int | None = None
    worst_index: list[int] | None = None
    max_abs_error: float | None = None
    max_rel_error: float | None = None
    prints: str = ""


@dataclass(frozen=True, slots=True)
class SampleCase:
    """A shown case as it went: what Run displays whether it passed or not."""

    name: str
    passed: bool
    inputs: dict[str, ArrayView]
    got: ArrayView | None
    expected: ArrayView | None
    message: str = ""
    prints: str = ""
    output: str = ""  # which of several outputs `got` and `expected` are
    difference: ArrayView | None = None
    others: list[OutputView] = field(default_factory=list)  # the remaining outputs


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong variant that gives exactly the learner's outputs: what was done, and the question that leads on."""

    slug: str
    did: str
    question: str


@dataclass(frozen=True, slots=True)
class Verdict:
    code: VerdictCode
    score: float
    max_score: float
    checks: list[CheckResult]
    misconceptions: list[Misconception] = field(default_factory=list)
    failing_case: FailingCase | None = None
    samples: list[SampleCase] = field(default_factory=list)
    error: dict[str, Any] | None = None  # type, message, trace: [{line, function, text}]
    detail: str = ""  # one sentence: what happened
    prints: str = ""
    provenance: dict[str, Any] = field(default_factory=dict)  # seed, task_version, grader, python, numpy, torch, device
    phases: dict[str, float] = field(default_factory=dict)  # seconds since the grade began
    resources: dict[str, float] = field(default_factory=dict)  # cpu_s, wall_s, peak_memory_mib

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON-ready data (no NaN or infinity among the numbers)."""
        data: dict[str, Any] = plain(self)
        return data


def plain(value: Any) -> Any:
    """Return `value` as JSON has it: lists, no NaN or infinity (null instead), no subclasses, 3 rather than 3.0."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    value = value.item() if hasattr(value, "item") else value  # a number of NumPy
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 2**53
        return int(value) if whole else value if math.isfinite(value) else None
    return value
