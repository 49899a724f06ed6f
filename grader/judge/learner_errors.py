"""What is said about an exception of the learner's code.

In cases that are not shown, nothing that the learner's code can choose at run time is passed on: a message or a name
made up there could carry the inputs out.
"""

import builtins
import re
from typing import Any

from grader.sandbox import LearnerError

MESSAGE_LENGTH = 2000
LIBRARY_ERRORS = {"AxisError", "LinAlgError", "OutOfMemoryError", "UFuncTypeError", "UFuncNoLoopError"}
LINE_END = re.compile(r"\r\n|\r|\n")  # Python's, where str.splitlines knows eight more
HIDDEN = "The message is not shown, because the case is not."


def error_dict(error: LearnerError, source: str, *, shown: bool) -> dict[str, Any]:
    """Return type, message and the learner's own lines; their text is taken from `source`, not from the jail."""
    lines = LINE_END.split(source)
    trace = [
        {
            "line": frame.line,
            "function": frame.function if shown or frame.function in source else "",
            "text": lines[frame.line - 1].strip() if 0 < frame.line <= len(lines) else "",
        }
        for frame in error.trace
    ]
    message = error.message[:MESSAGE_LENGTH] if shown else HIDDEN
    return {"type": _type_name(error, source, shown=shown), "message": message, "trace": trace}


def error_sentence(error: LearnerError, source: str, *, shown: bool) -> str:
    """Return one sentence: what was raised, in which line, and what it says."""
    name = _type_name(error, source, shown=shown)
    where = f" in line {error.trace[-1].line}" if error.trace else ""
    said = f": {error.message[:MESSAGE_LENGTH]}" if shown and error.message else "."
    return f"Your code raised {name}{where}{said}"


def _type_name(error: LearnerError, source: str, *, shown: bool) -> str:
    is_known = hasattr(builtins, error.type) or error.type in LIBRARY_ERRORS or error.type in source
    return error.type if shown or is_known else "an exception"
