"""Runs the learner's source: import it, make calls, and turn what happens into frames."""

import contextlib
import inspect
import io
import linecache
import sys
import traceback
from collections import deque
from collections.abc import Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any

from .frames import FrameError
from .values import UnsupportedError, to_plain, to_tensors

SOURCE_NAME = "submission.py"
_DRIVER_NAME = "<driver>"
_MAX_MESSAGE = 2000
_MAX_TRACE = 20


class Learner:
    """A submission inside its child. `load` once, then `call` as often as asked."""

    def __init__(self, source: str, driver: str, *, tensors: bool) -> None:
        self._source = source.removeprefix("\ufeff")
        self._driver_source = driver
        self._tensors = tensors
        self._module = ModuleType("submission")
        self._driver = ModuleType("driver")

    def load(self) -> dict[str, Any]:
        """Import the source. Returns {"status": "ok" | "syntax" | "raised" | "memory", "error": ...}."""
        try:
            code = compile(self._source, SOURCE_NAME, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
            return {"status": "syntax", "error": self._describe_syntax(error)}
        sys.modules["submission"] = self._module  # dataclasses and pickling look their module up
        linecache.cache[SOURCE_NAME] = (len(self._source), None, self._source.splitlines(keepends=True), SOURCE_NAME)
        failure = self._execute(code, self._module)
        if failure is None and self._driver_source:
            driver = compile(self._driver_source, _DRIVER_NAME, "exec", dont_inherit=True)
            failure = self._execute(driver, self._driver)
        return {"status": "ok", "error": None} if failure is None else failure

    def forget(self) -> None:
        """Take back what `load` left outside of this object."""
        sys.modules.pop("submission", None)
        linecache.cache.pop(SOURCE_NAME, None)

    def _execute(self, code: CodeType, module: ModuleType) -> dict[str, Any] | None:
        try:
            exec(code, module.__dict__)  # noqa: S102 - running it is what the jail is for
        except BaseException as error:  # noqa: BLE001 - whatever the learner raises is theirs
            return {"status": "memory" if _is_want_of_memory(error) else "raised", "error": self._describe(error)}
        return None

    def call(self, entry: str, inputs: dict[str, Any], *, return_inputs: bool) -> dict[str, Any]:
        """Call `entry` with `inputs`. Returns the tree of a RESULT frame."""
        arguments = to_tensors(inputs) if self._tensors else inputs
        result = _nothing()
        try:
            value = self._invoke(entry, arguments)
            result["value"] = to_plain(value)
            if return_inputs:
                result["inputs_after"] = to_plain(dict(arguments))
        except UnsupportedError as error:
            result["unsupported"] = str(error)[:_MAX_MESSAGE]
        except BaseException as error:  # noqa: BLE001 - whatever the learner raises is theirs
            result = _failed(self._describe(error), error)
        return result

    def _invoke(self, entry: str, inputs: Mapping[str, Any]) -> Any:
        if self._driver_source:
            return self._driver.call(self._module, **inputs)
        function = getattr(self._module, entry, None)
        if function is None:
            raise NameError(f"The source defines nothing called `{entry}`.")
        return function(**inputs) if _accepts_names(function, inputs) else function(*inputs.values())

    def _describe(self, error: BaseException) -> dict[str, Any]:
        lines = self._source.splitlines()
        first: list[list[Any]] = []
        last: deque[list[Any]] = deque(maxlen=_MAX_TRACE // 2)
        # `walk_tb` reads frames only; it formats nothing and opens no file.
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_code.co_filename != SOURCE_NAME:
                continue
            text = lines[number - 1].strip() if 0 < number <= len(lines) else ""
            (first if len(first) < _MAX_TRACE // 2 else last).append([number, frame.f_code.co_name, text[:200]])
        return {"type": type(error).__name__, "message": _message(error), "trace": [*first, *last]}

    def _describe_syntax(self, error: Exception) -> dict[str, Any]:
        trace = []
        message = _message(error)
        if isinstance(error, SyntaxError):
            message = error.msg
            if error.lineno:
                trace = [[error.lineno, "<module>", (error.text or "").strip()[:200]]]
        return {"type": type(error).__name__, "message": message, "trace": trace}


def _message(error: BaseException) -> str:
    try:
        return str(error)[:_MAX_MESSAGE]
    except BaseException:  # noqa: BLE001 - a learner's __str__ may do anything
        return "(the message of this exception cannot be shown)"


def _accepts_names(function: Any, inputs: Mapping[str, Any]) -> bool:
    """Whether every input can be passed by its name."""
    if type(function) is FunctionType and not hasattr(function, "__wrapped__"):  # `inspect` takes ten times as long
        code = function.__code__
        names = code.co_varnames[code.co_posonlyargcount : code.co_argcount + code.co_kwonlyargcount]
        return bool(code.co_flags & inspect.CO_VARKEYWORDS) or set(names).issuperset(inputs)
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return True
    named = {p.name for p in parameters if p.kind in {p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY}}
    return named.issuperset(inputs)


def too_large(error: FrameError | MemoryError) -> dict[str, Any]:
    """Return the RESULT tree for a value that does not fit into a frame."""
    return _failed({"type": type(error).__name__, "message": _message(error), "trace": []}, error)


def _failed(description: dict[str, Any], error: BaseException) -> dict[str, Any]:
    return _nothing() | {"error": description, "memory": _is_want_of_memory(error)}


def _is_want_of_memory(error: BaseException) -> bool:
    """Whether `error` is a MemoryError, or what torch raises in its place."""
    return isinstance(error, MemoryError) or (
        type(error) is RuntimeError and "can't allocate memory" in _message(error)
    )


def _nothing() -> dict[str, Any]:
    return {"value": None, "error": None, "memory": False, "inputs_after": None, "unsupported": ""}


def capture_prints() -> None:
    """Send `print` to descriptor 1, line by line; nothing the learner prints can raise an encoding error.

    Only the numbers of the descriptors are kept: what a fork makes of them is where its prints go.
    """
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        raw = io.FileIO(descriptor, "w", closefd=False)
        stream = io.TextIOWrapper(
            io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=True
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)))


def flush_prints() -> None:
    """Push out what was printed; whatever the learner made of the streams is ignored."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()
