"""A learner's own input: the fields, the values, and what the code makes of them."""

import numpy as np
import pytest
from django.conf import settings

from courses.task_format import load_task
from grader.judge import OwnInputError, input_fields, read_inputs, run_own
from grader.judge.cases import shown_cases

FOLDERS = sorted(path.parent for path in (settings.BASE_DIR / "courses" / "content").glob("*/*/*/task.toml"))
CASES = """
import numpy as np


PARAMS = {"w": np.array([0.5])}


def sample(rng):
    x = np.array([[1.0, 2.0]])
    yield "plain", {"x": x, "labels": np.array([1]), "how": "mean", "params": PARAMS}
    mask = np.array([True])
    yield "masked", {"x": x, "labels": np.array([0]), "how": "sum", "params": PARAMS, "mask": mask}
    yield "fractions", {"x": x, "labels": np.array([0.5]), "how": "sum", "params": PARAMS}


def edge(rng):
    yield "none", {"x": np.zeros((0, 2)), "labels": np.array([1]), "how": "mean", "params": PARAMS}


secret = edge
"""
STARTER = """
def squared(x, labels, how, params, mask=None, steps=3, lr=0.1, flag=False, hook=print):
    raise NotImplementedError
"""


@pytest.fixture
def task(make_task):
    return make_task(
        {"cases.py": CASES, "starter.py": STARTER, "submissions/accepted/plain.py": None},
        {'"mean_squared_error"': '"squared"'},
    )


def texts(task, **changed):
    return {field.name: field.text for field in input_fields(task) if not field.is_fixed} | changed


def said(task, **changed):
    """Return what is said about the one input that is changed."""
    with pytest.raises(OwnInputError) as error:
        read_inputs(task, texts(task, **changed))
    [name] = changed
    assert set(error.value.errors) == {name}
    return error.value.errors[name]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_fields_of_each_task_give_back_its_first_shown_case(folder):
    task = load_task(folder)
    inputs = read_inputs(task, texts(task))
    for name, value in shown_cases(task)[0].inputs.items():
        assert repr(inputs[name]) == repr(value)


def test_each_parameter_has_a_field(task):
    assert [(field.name, field.text, field.about) for field in input_fields(task)] == [
        ("x", "[[1., 2.]]", "float64, (1, 2)"),
        ("labels", "[1]", "int64, (1,)"),
        ("how", "mean", ""),
        ("params", "{'w': [0.5]}", "dict"),
        ("mask", "None", "bool, (1,), or None"),
        ("steps", "3", "int"),
        ("lr", "0.1", "float"),
        ("flag", "False", "bool"),
    ]


def test_lists_become_arrays_of_the_dtype_that_the_shown_case_has(task):
    inputs = read_inputs(task, texts(task, x="[[1, 2], [3, inf]]", labels="[2, 0]", params="{'w': [1]}", mask="[True]"))
    assert inputs["x"].dtype == np.float64
    np.testing.assert_array_equal(inputs["x"], [[1.0, 2.0], [3.0, np.inf]])
    assert (inputs["labels"].dtype, inputs["mask"].dtype, inputs["params"]["w"].dtype) == (np.int64, bool, np.float64)


def test_a_number_is_an_array_without_axes_and_an_empty_list_an_empty_array(task):
    inputs = read_inputs(task, texts(task, x="5", labels="[]"))
    assert (inputs["x"].shape, inputs["x"].dtype) == ((), np.float64)
    assert (inputs["labels"].shape, inputs["labels"].dtype) == ((0,), np.int64)


def test_another_dtype_is_taken_where_another_shown_case_has_it(task):
    assert read_inputs(task, texts(task, labels="[0.5]"))["labels"].dtype == np.float64


def test_what_has_a_default_may_be_left_out(task):
    inputs = read_inputs(task, texts(task, mask="", steps=" ", lr="1"))
    assert "mask" not in inputs
    assert "steps" not in inputs
    assert (inputs["lr"], type(inputs["lr"])) == (1.0, float)
    assert read_inputs(task, texts(task))["mask"] is None


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x", "", "Write a value."),
        ("x", "[[1, 2], [3]]", "The rows are of different lengths"),
        ("x", "['a']", "The elements have to be numbers (float64)."),
        ("x", "[None]", "The elements have to be numbers (float64)."),
        ("x", "None", "The elements have to be numbers (float64)."),
        ("x", "{'a': 1}", "The elements have to be numbers (float64)."),
        ("mask", "[1, 0]", "The elements have to be True and False (bool)."),
        ("params", "{'w': ['a']}", "The elements have to be numbers"),
        ("params", "[1]", "Write a dict"),
        ("how", "median", "Choose one of mean, sum."),
        ("steps", "2.5", "Write a whole number."),
        ("steps", "True", "Write a whole number."),
        ("lr", "'fast'", "Write a number."),
        ("lr", "[0.1]", "Write one value here, not several."),
        ("flag", "1", "Write True or False."),
        ("other", "1", "This task has no such input."),
    ],
)
def test_what_does_not_fit_is_said_of_its_field(task, name, text, words):
    assert words in said(task, **{name: text})


def test_what_is_too_large_to_write_stays_as_in_the_first_shown_case(make_task):
    files = {
        "cases.py": CASES.replace("np.array([[1.0, 2.0]])", "np.arange(1e3).reshape(2, 500)"),
        "starter.py": STARTER,
    }
    task = make_task(files | {"submissions/accepted/plain.py": None}, {'"mean_squared_error"': '"squared"'})
    assert [field.name for field in input_fields(task) if field.is_fixed] == ["x"]
    assert read_inputs(task, texts(task))["x"].shape == (2, 500)


# --- in the jail -----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(make_task, sandboxes):
    """Return a function that runs a source on its own input of mean_squared_error."""

    def run(source, backend="numpy", y_true="[1, 2]", y_pred="[3, 5]", **task):
        task = make_task(**task)
        return run_own(task, source, read_inputs(task, {"y_true": y_true, "y_pred": y_pred}), sandboxes(backend))

    return run


@pytest.mark.jail
def test_what_was_returned_is_shown(run):
    own = run("def mean_squared_error(y_true, y_pred):\n    print('on it')\n    return (y_pred - y_true) ** 2\n")
    assert (own.code, own.error, own.prints) == ("returned", None, "on it\n")
    assert own.outputs[""].cells == [["4", "9"]]
    assert (own.outputs[""].dtype, own.outputs[""].shape) == ("float64", [2])
    assert own.inputs["y_pred"].cells == [["3", "5"]]
    assert own.resources["wall_s"] > 0


@pytest.mark.jail
def test_a_tensor_is_shown_as_an_array(run):
    own = run("def mean_squared_error(y_true, y_pred):\n    return (y_pred - y_true).float()\n", backend="torch")
    assert (own.outputs[""].cells, own.outputs[""].dtype) == ([["2", "3"]], "float32")


@pytest.mark.jail
def test_outputs_have_their_names_and_what_is_odd_about_them_is_said(run):
    two = {"toml": {"prerequisites = []": 'prerequisites = []\noutputs = ["loss", "grad"]'}}
    own = run("def mean_squared_error(y_true, y_pred):\n    return 1.5, y_pred\n", **two)
    assert {name: view.cells for name, view in own.outputs.items()} == {"loss": [["1.5"]], "grad": [["3", "5"]]}
    assert own.note == ""
    own = run("def mean_squared_error(y_true, y_pred):\n    return 1, 2, 3\n", **two)
    assert list(own.outputs) == ["[0]", "[1]", "[2]"]
    assert own.note == "3 values were returned, expected (loss, grad)."


@pytest.mark.jail
def test_nothing_and_the_unspeakable_are_shown_as_such(run):
    assert run("def mean_squared_error(y_true, y_pred):\n    pass\n").outputs[""].cells == [["None"]]
    own = run("def mean_squared_error(y_true, y_pred):\n    return object()\n")
    assert (own.outputs, own.note) == (
        {},
        "An object that stands for no numbers was returned, expected an array or a number. Its type: object.",
    )


@pytest.mark.jail
def test_an_exception_comes_with_its_line(run):
    own = run("def mean_squared_error(y_true, y_pred):\n    return y_true[7]\n")
    assert (own.code, own.error["type"], own.error["trace"][0]["line"]) == ("run_time_error", "IndexError", 2)


@pytest.mark.jail
@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("def mean_squared_error(:\n", "syntax_error"),
        ("import os\nos.fork()\n", "forbidden_operation"),
        ("print('x' * 100_000)\n", "output_limit_exceeded"),
        ("raise SystemExit\n", "run_time_error"),
        ("x = 1\n", "run_time_error"),
    ],
)
def test_how_it_ended_otherwise(run, source, code):
    own = run(source)
    assert own.code == code
    assert own.outputs == {}
    assert own.detail or own.error
