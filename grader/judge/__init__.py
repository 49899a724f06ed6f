"""From a task and a source to a verdict: cases, outputs, checks, feedback. No Django in here."""

from grader.judge.errors import JudgeError
from grader.judge.judge import grade
from grader.judge.own_input import OwnInputError, OwnRun, input_fields, read_inputs, run_own
from grader.judge.verdict import Verdict, VerdictCode

__all__ = [
    "JudgeError",
    "OwnInputError",
    "OwnRun",
    "Verdict",
    "VerdictCode",
    "grade",
    "input_fields",
    "read_inputs",
    "run_own",
]
