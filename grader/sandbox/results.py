"""From the trees a child sends to results and errors. The child may send anything; only this form passes."""

from typing import Any

from grader.sandbox.guest.frames import FrameError
from grader.sandbox.outcome import CallResult, LearnerError, TraceLine

_MAX_TEXT = 2000
_MAX_LINES = 20


def read_error(tree: Any) -> LearnerError | None:
    """Return the exception described by `tree`, or None for None. Texts and lines beyond what fits a page are cut."""
    if tree is None:
        return None
    _require(isinstance(tree, dict) and tree.keys() == {"type", "message", "trace"})
    _require(type(tree["type"]) is str and type(tree["message"]) is str and type(tree["trace"]) is list)
    trace = tuple(_read_line(line) for line in tree["trace"][:_MAX_LINES])
    return LearnerError(tree["type"][:_MAX_TEXT], tree["message"][:_MAX_TEXT], trace)


def _read_line(line: Any) -> TraceLine:
    _require(type(line) is list and [type(part) for part in line] == [int, str, str])
    number, function, text = line
    return TraceLine(number, function[:_MAX_TEXT], text[:_MAX_TEXT])


def read_loaded(tree: Any) -> tuple[str, LearnerError | None]:
    """Return ("ok" | "syntax" | "raised" | "memory", error) from the tree of a LOADED frame."""
    _require(isinstance(tree, dict) and tree.keys() == {"status", "error"})
    _require(type(tree["status"]) is str and tree["status"] in {"ok", "syntax", "raised", "memory"})
    error = read_error(tree["error"])
    _require((error is None) == (tree["status"] == "ok"))
    return tree["status"], error


def read_result(tree: Any, prints: str, cpu_s: float = 0.0) -> tuple[CallResult, bool]:
    """Return the result from the tree of a RESULT frame, and whether the call ran out of memory."""
    _require(isinstance(tree, dict))
    _require(tree.keys() == {"value", "error", "memory", "inputs_after", "unsupported"})
    _require(type(tree["unsupported"]) is str and type(tree["memory"]) is bool)
    _require(tree["inputs_after"] is None or type(tree["inputs_after"]) is dict)
    error = read_error(tree["error"])
    result = CallResult(tree["value"], error, tree["inputs_after"], prints, tree["unsupported"][:_MAX_TEXT], cpu_s)
    return result, tree["memory"] and error is not None


def _require(holds: bool) -> None:  # noqa: FBT001 - an assertion on foreign data
    if not holds:
        raise FrameError("The answer does not have the form of an answer.")
