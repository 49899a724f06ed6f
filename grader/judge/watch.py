"""Watching a learner's code train: the calls that watch.py asks for are made in the jail, its frames are told.

watch.py is the author's: it runs outside of the jail, and of the learner's program sees arrays alone. What the program
does wrong on this larger data ends the watching with a sentence for the learner; everything else is raised.
"""

import json
import math
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from courses.pictures import MOST_BYTES, Ask, Frame, Scene
from courses.task_format import Task
from grader.judge.authored import author_module, authors_fault
from grader.judge.comparison import Difference, as_array
from grader.judge.errors import JudgeError
from grader.judge.learner_errors import error_dict, error_sentence
from grader.judge.outputs import learner_outputs
from grader.sandbox import Call, CallResult, Limits, Outcome, Program, Sandbox, Status

SEED = 0  # the same data whenever it is watched
CPU_S = 10.0
WALL_S = 20.0
OUTPUT_MIB = 64  # of thousands of calls together

_SLOW = "The data is larger here than in the tests: code that takes fewer steps in Python gets further."

Floats = NDArray[np.float64]
Moves = Generator[Any, Any, Any]  # of watch.py: a Scene, then Frames and Asks; what it returns are its last words
Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended: by itself, or by something that the learner can look into."""

    code: str  # finished or stopped
    text: str
    error: Mapping[str, Any] | None = None  # see `learner_errors.error_dict`
    where: str = ""  # of what stopped: after which frame, with which inputs
    calls: int = 0
    cpu_s: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "text": self.text,
            "error": self.error,
            "where": self.where,
            "calls": self.calls,
            "cpu_s": round(self.cpu_s, 2),
        }


class _Stop(Exception):  # noqa: N818 - an end, not an error
    """The learner's program gave what the training cannot go on with."""

    def __init__(self, text: str, error: Mapping[str, Any] | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.error = error


def first_look(task: Task, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the scene as it stands before any code has run."""
    told: list[dict[str, Any]] = []
    show = _Show(str(task.folder / "watch.py"), told.append)
    with authors_fault(show.file):
        show(next(_moves(task, values)))
    return told[0]


def watch(task: Task, source: str, sandbox: Sandbox, values: Mapping[str, Any], tell: Tell) -> Ending:
    """Run watch.py of `task` with `values` on `source`; `tell` is given the scene and then each frame, as JSON data.

    Raises JudgeError where watch.py fails, SandboxError, and whatever `tell` raises.
    """
    talk = _Talk(task, source, values, tell)
    limits = Limits(cpu_s=CPU_S, wall_s=WALL_S, memory_mib=task.limits.memory_mib, output_mib=OUTPUT_MIB)
    outcome = sandbox.run(Program(source, task.driver), talk.calls(), limits, on_result=talk.hear)
    return talk.ending(outcome)


def _moves(task: Task, values: Mapping[str, Any]) -> Moves:
    if task.watch is None:
        raise JudgeError(f"The task {task.slug} has no watch.py: there is nothing to watch.")
    with authors_fault(str(task.watch.path)):
        module = author_module(task.watch.path, task.version)
        return module.watch(np.random.default_rng(SEED), **values)  # type: ignore[no-any-return]  # the author's code


class _Show:
    """Tells scenes and frames, and holds watch.py to what it may show."""

    def __init__(self, file: str, tell: Tell) -> None:
        self.file = file
        self.label = ""  # of the last frame
        self._tell = tell
        self._scene: Scene | None = None
        self._frames = 0

    def __call__(self, move: Any) -> None:
        with authors_fault(self.file):
            item = self._item(move)
            size = len(json.dumps(item, allow_nan=False, separators=(",", ":")))
        if size > MOST_BYTES:
            raise JudgeError(f"{self.file}: {self.label or 'the scene'} takes {size} bytes; at most {MOST_BYTES}.")
        self._tell(item)

    def _item(self, move: Any) -> dict[str, Any]:
        if isinstance(move, Scene) and self._scene is None:
            self._scene = move
            return move.as_dict()
        if isinstance(move, Frame) and self._scene is not None:
            self.label = move.label
            self._frames += 1
            if self._frames > self._scene.frames:
                raise JudgeError(f"{self.file}: more frames come than the {self._scene.frames} of the scene.")
            return move.as_dict(self._scene)
        raise JudgeError(f"{self.file}: yield one Scene, then Frames and Asks; got {type(move).__name__}.")


class _Talk:
    """What goes on between watch.py and the learner's program."""

    def __init__(self, task: Task, source: str, values: Mapping[str, Any], tell: Tell) -> None:
        self._task = task
        self._source = source
        self._moves = _moves(task, values)
        self._show = _Show(str(task.folder / "watch.py"), tell)
        self._asked: Ask | None = None
        self._heard: CallResult | None = None
        self._stop: _Stop | None = None
        self._closing = ""
        self._ends = time.monotonic() + WALL_S  # the sandbox's own limit does not count what our side takes

    def calls(self) -> Iterator[Call]:
        """Yield the calls that watch.py asks for, until it ends or an answer is of no use."""
        answer: Any = None
        while (move := self._next(answer)) is not None:
            answer = None
            if not isinstance(move, Ask):
                self._show(move)
                continue
            self._asked = move
            yield Call(self._task.entry, move.inputs)
            try:
                answer = self._answer(move)
            except _Stop as stop:
                self._stop = stop
                return

    def hear(self, _position: int, result: CallResult) -> None:
        self._heard = result

    def ending(self, outcome: Outcome) -> Ending:
        """Return how it ended, once `calls` has no more to ask or the program was ended."""
        stop = self._stop
        if stop is None and outcome.status is not Status.COMPLETED:
            stop = _stop_of(outcome, self._source)
        calls, cpu_s = len(outcome.results), outcome.cpu_s
        if stop is None:
            return Ending("finished", self._closing, calls=calls, cpu_s=cpu_s)
        return Ending("stopped", stop.text, stop.error, self._place(), calls, cpu_s)

    def _next(self, answer: Any) -> Any:
        """Return the next move of watch.py, None at its end."""
        with authors_fault(self._show.file):
            try:
                return self._moves.send(answer)
            except StopIteration as end:
                self._closing = str(end.value or "")
                return None

    def _answer(self, asked: Ask) -> Any:
        """Return what watch.py gets for what it asked."""
        result = self._heard
        assert result is not None, "the sandbox tells each result before it asks for the next call"
        if time.monotonic() > self._ends:
            raise _Stop(f"The {WALL_S:g} seconds that this may take are over. {_SLOW}")
        if result.error is not None:
            sentence = error_sentence(result.error, self._source, shown=True)
            raise _Stop(sentence, error_dict(result.error, self._source, shown=True))
        outputs = learner_outputs(self._task, result)
        if isinstance(outputs, Difference):
            raise _Stop(f"{outputs.message} {outputs.told}".strip())
        if len(outputs) != len(asked.shapes):
            raise JudgeError(f"{self._show.file}: {len(outputs)} outputs need as many shapes, not {len(asked.shapes)}.")
        arrays = [_shaped(*each) for each in zip(outputs.items(), asked.shapes, strict=True)]
        return arrays if self._task.outputs else arrays[0]

    def _place(self) -> str:
        """Return where it stopped, in words."""
        place = f"This was after {self._show.label}" if self._show.label else "This was at the very beginning"
        if self._asked is None:
            return f"{place}."
        return f"{place}, in a call with {', '.join(_in_words(*each) for each in self._asked.inputs.items())}."


def _stop_of(outcome: Outcome, source: str) -> _Stop:
    """Return why a program was ended in the middle of a call, or never came to one."""
    if outcome.error is not None:
        error = error_dict(outcome.error, source, shown=True)
        return _Stop(error_sentence(outcome.error, source, shown=True), error)
    if outcome.status is Status.TIME_LIMIT_EXCEEDED:
        return _Stop(f"{outcome.detail} {_SLOW}")
    return _Stop(outcome.detail)


def _shaped(output: tuple[str, Any], shape: tuple[int, ...]) -> Floats:
    """Return a learner's output as real numbers of that shape. Raises _Stop."""
    name, value = output
    called = name or "The result"
    array = as_array(value)
    if isinstance(array, Difference):
        raise _Stop(f"{called}: {array.message}")
    if array.dtype.kind == "c":
        raise _Stop(f"{called} is complex, expected real numbers.")
    if array.size != math.prod(shape):
        raise _Stop(f"{called} has shape {array.shape}, expected {shape}.")
    return array.astype(np.float64).reshape(shape)


def _in_words(name: str, value: Any) -> str:
    return f"{name} of shape {value.shape}" if isinstance(value, np.ndarray) else f"{name} = {value!r}"
