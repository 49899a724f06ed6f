"""Verdicts as the judge gives them, for the pages to show."""

from grader.judge.verdict import (
    ArrayView,
    CheckResult,
    FailingCase,
    Misconception,
    SampleCase,
    Verdict,
    VerdictCode,
)

GOT = ArrayView([1, 2, 2, 3], "float64", [0, 1], [["1", "2", "3"], ["4", "5", "6"]], [(0, 1), (1, 2)])
EXPECTED = ArrayView([1, 2, 2, 3], "float64", [0, 1], [["1", "20", "3"], ["4", "5", "60"]], [(0, 1), (1, 2)])
INPUTS = {"x": ArrayView([3], "float64", [], [["0.5", "1", "1.5"]]), "stride": ArrayView([], "int64", [], [["2"]])}

WRONG = Verdict(
    VerdictCode.WRONG_ANSWER,
    2.5,
    10.0,
    [
        CheckResult("values", "allclose", False, 0.0, 7.5, "values", "Case “stride 2”: 2 of 12 values differ."),
        CheckResult("bias", "allclose", True, 2.5, 2.5),
        CheckResult("speed", "allclose", False, 0.0, 0.0, "not_run"),
    ],
    misconceptions=[Misconception("flipped", "You turned the kernel.", "Which pixel meets w[0, 0]?")],
    failing_case=FailingCase(
        "values",
        "stride 2",
        "sample",
        "values",
        "2 of 12 values differ.",
        inputs=INPUTS,
        got=GOT,
        expected=EXPECTED,
        got_shape=[1, 2, 2, 3],
        expected_shape=[1, 2, 2, 3],
        got_dtype="float32",
        expected_dtype="float64",
        different=2,
        size=12,
        worst_index=[0, 1, 1, 2],
        max_abs_error=54.0,
        max_rel_error=0.9,
        prints="x is <b>here</b>\n",
    ),
    detail="1 of 2 checks passed.",
    provenance={"seed": 7, "numpy": "2.4.0"},
)
SECRET = Verdict(
    VerdictCode.PARTIALLY_ACCEPTED,
    5.0,
    10.0,
    [],
    failing_case=FailingCase(
        "values", "case 3", "secret", "shape", "The shape is wrong.", got_shape=[2, 3], expected_shape=[3]
    ),
)
CRASHED = Verdict(
    VerdictCode.RUN_TIME_ERROR,
    0.0,
    10.0,
    [],
    error={
        "type": "ValueError",
        "message": "<script>alert(1)</script>",
        "trace": [{"line": 2, "function": "mean_squared_error", "text": "return 0.0"}],
    },
)
ACCEPTED = Verdict(VerdictCode.ACCEPTED, 10.0, 10.0, [])
OUR_FAULT = Verdict(VerdictCode.INTERNAL_ERROR, 0.0, 10.0, [])
SHOWN = Verdict(
    VerdictCode.WRONG_ANSWER,
    0.0,
    0.0,
    [],
    samples=[
        SampleCase("easy", True, INPUTS, GOT, GOT),
        SampleCase("hard", False, INPUTS, GOT, EXPECTED, "2 of 12 values differ.", "printed in hard\n"),
    ],
)
TOO_SLOW = Verdict(
    VerdictCode.TIME_LIMIT_EXCEEDED,
    0.0,
    10.0,
    [],
    failing_case=FailingCase("values", "stride 2", "sample", "not_run", "The run ended before this case was answered."),
    detail="The program computed for more than 2 seconds.",
)
