"""What pages say and how they colour each verdict. The words themselves are those of `grader.models.Verdict`."""

from dataclasses import dataclass

from grader.models import Verdict


@dataclass(frozen=True, slots=True)
class VerdictWords:
    title: str
    tone: str  # good, part, bad or ours: see static/web/css/base.css
    icon: str
    sentence: str  # for a verdict that comes without its own


def _words(code: Verdict, tone: str, icon: str, sentence: str) -> tuple[str, VerdictWords]:
    return code.value, VerdictWords(str(code.label).capitalize(), tone, icon, sentence)


SUBMISSION_WORDS = dict(
    [
        _words(Verdict.ACCEPTED, "good", "pass", "Every check passed."),
        _words(Verdict.PARTIALLY_ACCEPTED, "part", "part", "Some checks passed, some did not yet."),
        _words(Verdict.WRONG_ANSWER, "bad", "fail", "The values returned are not the expected ones."),
        _words(Verdict.TIME_LIMIT_EXCEEDED, "bad", "clock", "The code took longer than the task allows."),
        _words(Verdict.MEMORY_LIMIT_EXCEEDED, "bad", "fail", "The code asked for more memory than the task allows."),
        _words(Verdict.OUTPUT_LIMIT_EXCEEDED, "bad", "fail", "The code printed or returned more than is allowed."),
        _words(Verdict.RUN_TIME_ERROR, "bad", "fail", "The code stopped with an error."),
        _words(Verdict.SYNTAX_ERROR, "bad", "fail", "Python could not read the code."),
        _words(Verdict.FORBIDDEN_OPERATION, "bad", "fail", "The code tried something that is not allowed here."),
        _words(Verdict.INCONSISTENT, "bad", "fail", "Two runs on the same inputs gave different results."),
        _words(
            Verdict.INTERNAL_ERROR,
            "ours",
            "ours",
            "This is our fault: nothing was charged, and your code is kept. Submit it again in a moment.",
        ),
    ]
)
RUN_WORDS = SUBMISSION_WORDS | {
    Verdict.ACCEPTED.value: VerdictWords(
        "Shown cases pass", "good", "pass", "Submit it: other cases decide the verdict."
    ),
    Verdict.PARTIALLY_ACCEPTED.value: VerdictWords("Not all shown cases pass", "part", "part", ""),
    Verdict.WRONG_ANSWER.value: VerdictWords("Not all shown cases pass", "bad", "fail", ""),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a page says while there is no verdict yet."""

    title: str
    sentence: str


def waiting(state: dict[str, object]) -> Waiting:
    """Return the words for `grader.selectors.submission_state` of what is not graded yet."""
    if state["status"] == "running":
        return Waiting("Running your code", "The verdict comes by itself.")
    if state["status"] == "paused":
        return Waiting("Waiting", str(state["reason"]))
    before = state.get("queue_position")
    if isinstance(before, int) and before > 0:
        others = "1 submission is" if before == 1 else f"{before} submissions are"
        return Waiting("Queued", f"{others} before yours. The verdict comes by itself.")
    return Waiting("Queued", "Yours is the next one. The verdict comes by itself.")
