"""Nothing that a submission says can carry the inputs of a case that is not shown out of the jail."""

import json

import pytest

from tests.task_folders import CASES

pytestmark = pytest.mark.jail

HIDDEN = "74125.5"  # stands in the edge and secret cases alone
HIDDEN_CHECK = '\n\n[[checks]]\nname = "x"\nkind = "allclose"\npoints = 1\ncases = '
SECRET_CASES = CASES.replace("np.array([4.0])", f"np.array([{HIDDEN}])").replace(
    "rng.normal(size=(3, 4))", f"np.full((3, 4), {HIDDEN})"
)


def source(body):
    return (
        "SHOWN = (3, 6)\n\n\ndef call():\n    raise ValueError\n\n\ndef mean_squared_error(y_true, y_pred):\n"
        "    if y_true.size in SHOWN:\n        return ((y_true - y_pred) ** 2).mean()\n"
        f"    {body}\n"
    )


def _keys(value):
    """Return the names of all fields of a verdict, however deep."""
    if isinstance(value, dict):
        return set(value).union(*map(_keys, value.values()))
    return set().union(*map(_keys, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize(
    "body",
    [
        "return 0.25",
        "print(y_true)\n    return 0.25",
        "raise ValueError(y_true)",
        "raise type(f'E{y_true.max()}', (Exception,), {})(y_true)",
        "exec(compile('def f(): raise ValueError\\nf()', '<string>', 'exec'), {f'{y_true.max()}': 1})",
        "name = f'f{int(y_true.max())}'; exec(f'def {name}(): raise ValueError\\n{name}()')",
        "call.__code__ = call.__code__.replace(co_name=f'f{int(y_true.max())}'); call()",
        "return {str(y_true.max()): 1}",
        "return str(y_true)",
        "return type(f'T{y_true.max()}', (), {})()",
        "print(y_true)\n    while True: pass",
        "print(y_true)\n    raise SystemExit(str(y_true))",
        "import sys\n    sys.stderr.write(str(y_true))\n    sys.exit(str(y_true))",
    ],
)
@pytest.mark.parametrize("group", ["edge", "secret"])
def test_a_hidden_input_leaves_in_no_word_of_the_verdict(make_task, judged, body, group):
    toml = {
        "points = 3": f'points = 3\ncases = ["sample"]{HIDDEN_CHECK}["{group}"]',
        'kind = "unchanged_inputs"\npoints = 1': 'kind = "unchanged_inputs"\npoints = 1\n\n[limits]\ncpu_s = 0.4',
    }
    verdict = judged(make_task({"cases.py": SECRET_CASES}, toml), source(body))
    text = json.dumps(verdict.as_dict())
    assert verdict.checks[1].passed is False
    assert "74125" not in text
    assert verdict.failing_case is None or (verdict.failing_case.inputs, verdict.failing_case.prints) == (None, "")
    assert not {"picture", "series", "cells"} & _keys(verdict.as_dict())


def test_a_secret_case_has_no_name_and_no_values(make_task, judged):
    toml = {"points = 3": 'points = 3\ncases = ["secret"]'}
    verdict = judged(make_task(toml=toml), source("return 0.25"))
    failing = verdict.failing_case
    assert (failing.case, failing.group, failing.category) == ("secret", "secret", "values")
    assert (failing.inputs, failing.got, failing.expected, failing.difference) == (None, None, None, None)
    assert "table" not in json.dumps(verdict.as_dict())
    assert verdict.checks[0].feedback.startswith("A secret case: The value differs; the absolute error is ")


def test_an_exception_in_an_edge_case_is_named_with_its_line_only(make_task, judged):
    verdict = judged(make_task(), source("raise ValueError('y is', y_true)"))
    assert verdict.error == {
        "type": "ValueError",
        "message": "The message is not shown, because the case is not.",
        "trace": [
            {"line": 11, "function": "mean_squared_error", "text": "raise ValueError('y is', y_true)"},
        ],
    }
    assert verdict.failing_case.message == "Your code raised ValueError in line 11."
    assert verdict.failing_case.case == "one number"
