import numpy as np
import pytest

from grader.judge import JudgeError
from grader.judge.cases import fixed_cases, secret_cases
from grader.judge.examination import examination
from tests.task_folders import CASES


def numbers(cases):
    return [case.inputs["y_true"].tolist() for case in cases]


def test_groups_come_in_order_and_hold_what_was_drawn(make_task):
    cases = examination(make_task(), "numpy", 3, shown_only=False).cases
    assert [(case.group, case.name) for case in cases] == [
        ("sample", "three numbers"),
        ("sample", "six numbers"),
        ("edge", "one number"),
        ("secret", "table"),
    ]
    assert [case.elements for case in cases] == [6, 12, 2, 24]


def test_secret_cases_depend_on_the_seed_alone(make_task):
    task = make_task()
    assert numbers(secret_cases(task, 1)) == numbers(secret_cases(task, 1))
    assert numbers(secret_cases(task, 1)) != numbers(secret_cases(task, 2))


def test_fixed_cases_do_not(make_task):
    cases = CASES.replace("np.array([4.0])", "rng.normal(size=3)").replace("np.array([7.0])", "np.zeros(3)")
    one, other = (make_task({"cases.py": cases}, name=name) for name in ("one", "other"))
    assert numbers(fixed_cases(one)) == numbers(fixed_cases(other))


def test_a_changed_folder_has_its_new_cases(make_task):
    before = numbers(fixed_cases(make_task()))
    after = numbers(fixed_cases(make_task({"cases.py": CASES.replace("1.0, 2.0, 3.0", "1.0, 2.0, 9.0")})))
    assert (before[0], after[0]) == ([1.0, 2.0, 3.0], [1.0, 2.0, 9.0])


def test_nothing_can_write_into_a_case(make_task):
    case = fixed_cases(make_task())[0]
    with pytest.raises(ValueError, match="read-only"):
        case.inputs["y_true"][0] = 0


def test_a_check_without_a_case_would_pass_by_itself_and_is_refused(make_task):
    cases = CASES.replace('yield "table"', 'return\n    yield "table"')
    with pytest.raises(JudgeError, match="check 'values' has no case"):
        examination(
            make_task({"cases.py": cases}, {"points = 3": 'points = 3\ncases = ["secret"]'}),
            "numpy",
            1,
            shown_only=False,
        )


def test_a_gradient_with_respect_to_what_a_case_does_not_have_is_refused(make_task):
    driver = "def call(learner, **inputs):\n    return learner.mean_squared_error(*inputs.values())\n"
    task = make_task({"driver.py": driver}, {'kind = "allclose"': 'kind = "gradient"\nwrt = "logits"'})
    said = "check 'values' has wrt = 'logits', which is no input of case 'three numbers': y_true, y_pred"
    with pytest.raises(JudgeError, match=said):
        examination(task, "numpy", 1, shown_only=False)


def test_numbers_of_numpy_become_those_of_python(make_task):
    cases = CASES.replace("np.array([4.0])", "np.float64(4.0)").replace("np.array([7.0])", "np.int64(7)")
    inputs = fixed_cases(make_task({"cases.py": cases}))[2].inputs
    assert [type(value) for value in inputs.values()] == [float, int]
    assert not isinstance(inputs["y_true"], np.generic)
