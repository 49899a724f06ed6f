import numpy as np
import pytest
import torch

from grader.judge.cases import fixed_cases
from grader.judge.reference import device, fixed_outputs, reference_outputs
from tests.task_folders import CASES

SPY = """\
def call(learner, y_true, y_pred):
    function = learner.mean_squared_error
    return function.__module__, type(y_true).__name__, str(y_true.dtype), str(getattr(y_true, "device", "")), (y_true,)
"""


@pytest.mark.parametrize(
    ("backend", "module", "kind", "dtype"),
    [
        ("numpy", "mlcore.numpy.losses", "ndarray", "float64"),
        ("torch", "mlcore.torch.losses", "Tensor", "torch.float64"),
    ],
)
def test_each_backend_has_its_twin_and_its_own_kind_of_array(make_task, backend, module, kind, dtype):
    task = make_task({"driver.py": SPY})
    for case, output in zip(fixed_cases(task), fixed_outputs(task, backend), strict=True):
        assert output[:3] == (module, kind, dtype)
        assert output[3].split(":")[0] == ("cpu" if backend == "numpy" else device("torch"))
        assert isinstance(output[4][0], np.ndarray)
        assert np.array_equal(output[4][0], case.inputs["y_true"])


def test_the_twins_agree(make_task):
    task = make_task()
    assert fixed_outputs(task, "numpy") == pytest.approx([float(value) for value in fixed_outputs(task, "torch")])


def test_the_reference_computes_on_the_gpu_where_there_is_one():
    assert device("numpy") == "cpu"
    assert device("torch") == ("cuda" if torch.cuda.is_available() else "cpu")


def test_a_reference_that_fills_a_dict_changes_no_case(make_task):
    cases = CASES.replace('"y_pred": np.array([7.0])', '"y_pred": {"steps": [1]}')
    driver = "def call(learner, y_true, y_pred):\n    y_pred['more'] = y_pred['steps'].append(2)\n    return 1.0\n"
    task = make_task({"cases.py": cases, "driver.py": driver})
    case = fixed_cases(task)[2]
    assert reference_outputs(task, "numpy", [case]) == (1.0,)
    assert case.inputs["y_pred"] == {"steps": [1]}


def test_tensors_are_computed_in_one_thread_and_in_full_precision(make_task):
    task = make_task()
    fixed_outputs(task, "torch")
    assert (torch.get_num_threads(), torch.backends.cuda.matmul.allow_tf32) == (1, False)
