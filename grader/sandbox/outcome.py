"""What goes into the jail and what comes out: calls, limits, outcomes, and the two errors that are ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np

Kind = Literal["numpy", "torch"]
Value = None | bool | int | float | str | np.ndarray | list["Value"] | tuple["Value", ...] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use, over all its calls together."""

    cpu_s: float = 2.0
    wall_s: float = 10.0
    memory_mib: int = 256  # on top of what the interpreter and its libraries share
    prints_kib: int = 64  # captured stdout and stderr; more is an output_limit_exceeded
    output_mib: int = 32  # all returned values together


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the learner's `entry` with named inputs, in the order of its signature.

    Inputs are passed by name where the learner's signature has those names, else by position.
    In the torch kind, arrays arrive as tensors and tensors come back as arrays.
    """

    entry: str
    inputs: Mapping[str, Value]
    return_inputs: bool = False  # also send back the inputs as they are after the call


@dataclass(frozen=True, slots=True)
class Program:
    """The learner's source, and for classes and training the task's driver (it holds no answers).

    A driver defines `call(learner, **inputs)`; `learner` is the module made from the source.
    """

    source: str
    driver: str = ""
    arrays: bool = False  # in the torch kind: arrays stay arrays, for a program that is written for NumPy


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One line of a traceback, the learner's own frames only."""

    line: int
    function: str
    text: str


@dataclass(frozen=True, slots=True)
class LearnerError:
    """An exception raised by the learner's code."""

    type: str
    message: str
    trace: tuple[TraceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CallResult:
    """What one call gave: exactly one of `value` and `error` is meaningful, `error` where it is not None."""

    value: Value = None
    error: LearnerError | None = None
    inputs_after: Mapping[str, Value] | None = None
    prints: str = ""
    unsupported: str = ""  # type name of a returned object that no array or number can stand for
    cpu_s: float = 0.0  # CPU time of the call, with what it takes to pass inputs and results on: the kernel's word


class Status(StrEnum):
    """How the program as a whole ended."""

    COMPLETED = "completed"  # every call was answered; single calls may still have raised
    SYNTAX_ERROR = "syntax_error"
    RUN_TIME_ERROR = "run_time_error"  # raised at import, exited, died by a signal, or broke the protocol
    TIME_LIMIT_EXCEEDED = "time_limit_exceeded"
    MEMORY_LIMIT_EXCEEDED = "memory_limit_exceeded"
    OUTPUT_LIMIT_EXCEEDED = "output_limit_exceeded"
    FORBIDDEN_OPERATION = "forbidden_operation"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything known about one run. `results` holds the calls answered before the end, in order."""

    status: Status
    results: tuple[CallResult, ...] = ()
    error: LearnerError | None = None  # of the source itself: syntax error, exception at import
    detail: str = ""  # one sentence for the learner where `status` alone is not enough
    prints: str = ""  # printed while the source was imported
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_memory_mib: float = 0.0
    # seconds since run() began: ready, sent, answered, finished
    phases: Mapping[str, float] = field(default_factory=dict)

    @property
    def resources(self) -> dict[str, float]:
        return {"cpu_s": self.cpu_s, "wall_s": self.wall_s, "peak_memory_mib": self.peak_memory_mib}


class SandboxError(Exception):
    """Our fault, never the learner's: the run says nothing about the submission and may be tried again."""


class SandboxUnavailable(SandboxError):  # noqa: N818 - it names a state: the page says "grading is paused"
    """The jail cannot be built here. `remedy` is the command or setting that brings the missing layer."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason} {remedy}".strip())
        self.reason = reason
        self.remedy = remedy
