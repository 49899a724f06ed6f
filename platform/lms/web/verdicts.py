"""What pages say and how they colour each verdict. The words themselves are those of `grader.models.Verdict`."""

from dataclasses import dataclass

from grader.judge.own_input import RETURNED
from grader.models import Verdict


@dataclass(frozen=True, slots=True)
class VerdictWords:
    title: str
    tone: str  # good, part, bad or ours: see static/web/css/base.css
    icon: str
    sentence: str = ""  # for a verdict that comes without its own
    advice: str = ""  # what to try, where the verdict alone suggests it
    case: str = "The smallest case that failed"


ENDED_IN = "The case in which it ended"


def _words(code: Verdict, tone: str, icon: str, sentence: str, **more: str) -> tuple[str, VerdictWords]:
    return code.value, VerdictWords(str(code.label).capitalize(), tone, icon, sentence, **more)


SUBMISSION_WORDS = dict(
    [
        _words(Verdict.ACCEPTED, "good", "pass", "Every check passed."),
        _words(Verdict.PARTIALLY_ACCEPTED, "part", "part", "Some checks passed, some did not yet."),
        _words(Verdict.WRONG_ANSWER, "bad", "fail", "The values returned are not the expected ones."),
        _words(
            Verdict.TIME_LIMIT_EXCEEDED,
            "bad",
            "clock",
            "The code took longer than the task allows.",
            advice="Look for a loop that never ends, then for loops that one array operation can replace.",
            case=ENDED_IN,
        ),
        _words(
            Verdict.MEMORY_LIMIT_EXCEEDED,
            "bad",
            "fail",
            "The code asked for more memory than the task allows.",
            advice="Look for an array much larger than the inputs, and for a list that grows without an end.",
            case=ENDED_IN,
        ),
        _words(
            Verdict.OUTPUT_LIMIT_EXCEEDED,
            "bad",
            "fail",
            "The code printed or returned more than is allowed.",
            advice="Take prints out of loops, and return only what the task asks for.",
            case=ENDED_IN,
        ),
        _words(Verdict.RUN_TIME_ERROR, "bad", "fail", "The code stopped with an error."),
        _words(Verdict.SYNTAX_ERROR, "bad", "fail", "Python could not read the code."),
        _words(
            Verdict.FORBIDDEN_OPERATION,
            "bad",
            "fail",
            "The code tried something that is not allowed here.",
            advice="Work with the inputs alone: files, the network and other processes are out of reach here.",
            case=ENDED_IN,
        ),
        _words(
            Verdict.INCONSISTENT,
            "bad",
            "fail",
            "Two runs on the same inputs gave different results.",
            advice="Look for random numbers drawn without the given seed, and for values kept between calls.",
        ),
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
    Verdict.PARTIALLY_ACCEPTED.value: VerdictWords("Not all shown cases pass", "part", "part"),
    Verdict.WRONG_ANSWER.value: VerdictWords("Not all shown cases pass", "bad", "fail"),
}
OWN_INPUT_WORDS = SUBMISSION_WORDS | {RETURNED: VerdictWords("Your code returned", "ours", "pass")}
CASE_WORDS = {True: VerdictWords("passed", "good", "pass"), False: VerdictWords("failed", "bad", "fail")}
NOT_RUN = VerdictWords("not run", "ours", "skipped")
