"""Naming a mistake: small tasks with a few wrong variants, and learners who make those mistakes in other words."""

import pytest

from grader.judge import misconceptions
from grader.judge.examination import examination
from grader.judge.misconceptions import _mistake, _put
from tests.task_folders import CASES, FILES

pytestmark = pytest.mark.jail


def variant(did, body):
    return f'"""You {did}. Why?"""\n\n\ndef mean_squared_error(y_true, y_pred):\n    return {body}\n'


SUM = "submissions/wrong_answer/sum-for-mean.py"
ROWS = {"submissions/wrong_answer/rows.py": variant("divided by rows", "((y_true - y_pred) ** 2).sum() / len(y_true)")}


def named(verdict):
    return [misconception.slug for misconception in verdict.misconceptions]


def learner(body):
    return f"import numpy as np\n\n\ndef mean_squared_error(true, guess):\n    {body}\n"


def test_a_mistake_made_in_other_words_is_named(make_task, judged):
    verdict = judged(make_task(ROWS), learner("d = np.ravel(true - guess)\n    return sum(x * x for x in d)"))
    assert named(verdict) == ["sum-for-mean"]
    assert (verdict.misconceptions[0].did, verdict.misconceptions[0].question) == ("You added up.", "What is a mean?")


def test_no_other_mistake_is_called_by_that_name(make_task, judged):
    task = make_task(ROWS)
    for body in ("return 0", "return ((true - guess) ** 2).sum() * 2", "return np.abs(true - guess).mean() + 1"):
        assert named(judged(task, learner(body))) == []


def test_nothing_is_named_where_all_is_right_or_nothing_was_done(make_task, judged):
    task = make_task(ROWS)
    assert named(judged(task, learner("return ((true - guess) ** 2).mean()"))) == []
    assert named(judged(task, FILES["starter.py"])) == []
    assert named(judged(task, "def mean_squared_error(:\n")) == []


def test_a_mistake_that_shows_only_in_one_number_is_not_evidence_enough(make_task, judged):
    source = variant("wrote one", "0.0 if y_true.size == 1 else ((y_true - y_pred) ** 2).mean()")
    verdict = judged(make_task({"submissions/wrong_answer/one.py": source}), source)
    assert (verdict.code, named(verdict)) == ("wrong_answer", [])


def test_one_case_of_many_numbers_is(make_task, judged):
    toml = {"losses:mean_squared_error": "activations:stable_softmax", '"mean_squared_error"': '"stable_softmax"'}
    cases = """
import numpy as np
def sample(rng): yield "row", {"logits": np.arange(8.0)}
def edge(rng): yield "two", {"logits": np.zeros(2)}
def secret(rng): yield from ()
"""
    body = "def stable_softmax(logits):\n    return logits / 7 + (logits.size == 2) / 2\n"
    files = {
        "cases.py": cases,
        "starter.py": body,
        SUM: None,
        "submissions/wrong_answer/sevenths.py": f'"""You took sevenths. Why?"""\n{body}',
    }
    assert named(judged(make_task(files, toml), body.replace("/ 7", "* (1 / 7)"))) == ["sevenths"]


def test_who_is_right_where_a_mistake_is_nearly_right_did_not_make_it(make_task, judged):
    body = "((y_true - y_pred) ** 2).sum() if y_true.ndim == 1 else ((y_true - y_pred) ** 2).mean() * {}"
    files = {SUM: variant("scaled tables", body.format("1.0000016"))}
    assert named(judged(make_task(files), variant("scaled tables", body.format("1.0000015")))) == ["sum-for-mean"]
    assert named(judged(make_task(files), variant("scaled tables", body.format("1.0000008")))) == []


def test_mistakes_that_give_the_same_outputs_are_both_named(make_task, judged):
    source = variant("took no mean", "(y_true - y_pred).ravel() @ (y_true - y_pred).ravel()")
    task = make_task({"submissions/wrong_answer/no-mean.py": source})
    assert named(judged(task, learner("return ((true - guess) ** 2).sum()"))) == ["no-mean", "sum-for-mean"]


def test_a_mistake_that_explains_everything_silences_one_that_explains_a_part(make_task, judged):
    # `big` fails in two cases what `sum-for-mean` fails in all: only the sum explains all that went wrong.
    part = {
        "submissions/wrong_answer/big.py": variant(
            "added up many", "((y_true - y_pred) ** 2).sum() / (1 if y_true.size > 5 else y_true.size)"
        )
    }
    task = make_task(part)
    assert named(judged(task, learner("return ((true - guess) ** 2).sum()"))) == ["sum-for-mean"]
    body = "return ((true - guess) ** 2).sum() / (1 if true.size > 5 else true.size)"
    assert named(judged(task, learner(body))) == ["big"]


def test_two_mistakes_in_two_outputs_are_both_named(make_task, judged):
    files = {
        "driver.py": (
            "def call(learner, y_true, y_pred):\n"
            "    value = learner.mean_squared_error(y_true, y_pred)\n"
            "    return value if isinstance(value, tuple) else (value, value)\n"
        ),
        SUM: variant("added up the first", "(((y_true - y_pred) ** 2).sum(), ((y_true - y_pred) ** 2).mean())"),
        "submissions/wrong_answer/half.py": variant(
            "halved the second", "(((y_true - y_pred) ** 2).mean(), ((y_true - y_pred) ** 2).mean() / 2)"
        ),
    }
    second = '\n\n[[checks]]\nname = "second"\nkind = "allclose"\noutput = "b"\npoints = 2'
    toml = {
        "difficulty = 1": 'difficulty = 1\noutputs = ["a", "b"]',
        "points = 3": f'points = 3\noutput = "a"{second}',
    }
    body = "d = (true - guess) ** 2\n    return d.sum(), d.mean() / 2"
    assert named(judged(make_task(files, toml), learner(body))) == ["half", "sum-for-mean"]


def test_an_exception_in_the_same_cases_is_the_same_mistake(make_task, judged):
    source = variant("unpacked", "sum(float(t - p) ** 2 for t, p in zip(y_true, y_pred)) / y_true.size")
    task = make_task({"submissions/wrong_answer/unpacked.py": source})
    mine = source.replace("t, p", "a, b").replace("t - p", "a - b")
    verdict = judged(task, mine)
    assert (verdict.checks[0].category, named(verdict)) == ("error", [])  # in one case, the table, only
    verdict = judged(make_task({"cases.py": CASES.replace("np.array([4.0])", "np.ones((1, 2))")}), mine)
    assert named(verdict) == ["unpacked"]


def test_a_variant_for_arrays_names_the_same_mistake_with_tensors(make_task, judged):
    source = "import torch\n\n\ndef mean_squared_error(y_true, y_pred):\n    return ((y_true - y_pred) ** 2).sum()\n"
    assert named(judged(make_task(), source, "torch")) == ["sum-for-mean"]


def test_a_variant_for_tensors_is_for_tensors_only(make_task, judged):
    files = {SUM: f"# backend: torch\n{FILES[SUM]}"}
    body = "return ((true - guess) ** 2).sum()"
    assert named(judged(make_task(files), learner(body), "torch")) == ["sum-for-mean"]
    assert named(judged(make_task(files), learner(body))) == []


def test_changing_an_input_is_a_mistake_with_a_name_too(make_task, judged):
    files = {
        "submissions/wrong_answer/in-place.py": (
            '"""You wrote into y_pred. Whose array is it?"""\n\n\ndef mean_squared_error(y_true, y_pred):\n'
            "    y_pred -= y_true\n    return (y_pred**2).mean()\n"
        )
    }
    verdict = judged(
        make_task(files), learner("np.subtract(guess, true, out=guess)\n    return (guess * guess).mean()")
    )
    assert (verdict.code, named(verdict)) == ("partially_accepted", ["in-place"])


def test_run_names_mistakes_by_the_shown_cases(make_task, judged):
    verdict = judged(make_task({"cases.py": CASES}), learner("return ((true - guess) ** 2).sum()"), shown_only=True)
    assert named(verdict) == ["sum-for-mean"]


def test_with_what_is_kept_a_variant_is_run_on_the_secret_cases_alone(make_task, sandboxes):
    counting = (
        '"""You counted. Why?"""\n\ncalls = []\n\n\ndef mean_squared_error(y_true, y_pred):\n'
        "    calls.append(1)\n    return len(calls)\n"
    )
    task = make_task({SUM: counting}, {'kind = "unchanged_inputs"': 'kind = "determinism"'})
    mistake, sandbox = task.wrong_variants[0], sandboxes("numpy")
    exam = examination(task, "numpy", 0, shown_only=False)
    fixed = exam.without_secret()
    kept = _mistake(fixed, _put(mistake, fixed, sandbox))
    whole, again = _put(mistake, exam, sandbox), _put(mistake, exam, sandbox, kept)
    assert [result.value for result in whole.results] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [result.value for result in again.results] == [1, 2, 3, 1, 4, 5, 6, 2]  # the last four are second calls
    assert set(_mistake(exam, again).failures) == {
        (check, case) for check in ("values", "leaves its inputs alone") for case in (each.name for each in exam.cases)
    }


def test_a_variant_that_ends_in_the_secret_cases_has_answered_the_others(make_task, sandboxes):
    ends = variant("left", "__import__('os')._exit(3) if y_true.ndim > 1 else 7.0")
    task = make_task({SUM: ends}, {'kind = "unchanged_inputs"': 'kind = "determinism"'})
    exam = examination(task, "numpy", 0, shown_only=False)
    fixed = exam.without_secret()
    kept = _mistake(fixed, _put(task.wrong_variants[0], fixed, sandboxes("numpy")))
    again = _put(task.wrong_variants[0], exam, sandboxes("numpy"), kept)
    assert [result.value for result in again.results] == [7.0, 7.0, 7.0]


def test_a_verdict_does_not_wait_for_a_name_for_long(make_task, judged, monkeypatch):
    task = make_task({"cases.py": CASES})
    monkeypatch.setattr(misconceptions, "WORTH_S", -1.0)
    assert named(judged(task, learner("return ((true - guess) ** 2).sum()"))) == []
    monkeypatch.undo()
    assert named(judged(task, learner("return ((true - guess) ** 2).sum()"))) == ["sum-for-mean"]
