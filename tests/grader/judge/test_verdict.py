import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.judge.verdict import ArrayView, CheckResult, FailingCase, Verdict, VerdictCode


def verdict(**values):
    return Verdict(VerdictCode.WRONG_ANSWER, 0, 1, [CheckResult("a", "allclose", False, 0, 1, "values")], **values)


@given(st.floats(), st.floats(width=32), st.integers())
def test_json_that_every_parser_takes(number, small, whole):
    view = ArrayView([1], "float64", [], [["nan"]], [(0, 0)])
    case = FailingCase(
        "a", "b", "sample", "values", "?", got=view, max_abs_error=number, max_rel_error=np.float32(small)
    )
    given = verdict(failing_case=case, resources={"cpu_s": number}, provenance={"seed": whole, "n": np.int64(3)})
    plain = given.as_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_numbers_are_readable():
    plain = verdict(
        resources={"a": 3.0, "b": 0.5, "c": float("nan"), "d": float("inf"), "e": np.float64(2.0)}
    ).as_dict()
    assert plain["resources"] == {"a": 3, "b": 0.5, "c": None, "d": None, "e": 2}
    assert [type(value) for value in plain["resources"].values()] == [int, float, type(None), type(None), int]
    assert (plain["code"], type(plain["code"])) == ("wrong_answer", str)
    assert plain["checks"][0]["passed"] is False
