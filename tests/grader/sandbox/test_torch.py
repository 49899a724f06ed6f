import numpy as np
import pytest

from grader.sandbox import Call, Program, Sandbox, Status
from tests.grader.sandbox.conftest import only_result

pytestmark = pytest.mark.jail


@pytest.fixture
def run(torch_sandbox: Sandbox):
    def run_one(body: str, **inputs):
        source = f"import torch\ndef f({', '.join(inputs)}):\n    {body}\n"
        return torch_sandbox.run(Program(source), [Call("f", inputs, return_inputs=True)])

    return run_one


def test_arrays_arrive_as_tensors_and_tensors_come_back_as_arrays(run):
    x = np.arange(6, dtype=np.float32).reshape(2, 3)
    result = only_result(run("assert type(x) is torch.Tensor; x += 1; return x * 2", x=x))
    np.testing.assert_array_equal(result.value, (x + 1) * 2, strict=True)
    np.testing.assert_array_equal(result.inputs_after["x"], x + 1, strict=True)


@pytest.mark.parametrize("dtype", ["?", "i1", "i4", "i8", "u1", "u2", "f2", "f4", "f8", "c8", "c16"])
def test_every_dtype_goes_in_and_out(run, dtype):
    x = np.ones((2, 0, 3), dtype) if dtype == "i1" else np.ones(3, dtype)
    np.testing.assert_array_equal(only_result(run("return x", x=x)).value, x, strict=True)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("torch.ones(2, dtype=torch.bfloat16)", np.ones(2, np.float32)),
        ("torch.nn.Parameter(torch.ones(2))", np.ones(2, np.float32)),
        ("torch.tensor([1j]).conj()", np.array([-1j], np.complex64)),
        ("torch.arange(4).reshape(2, 2).T", np.array([[0, 2], [1, 3]])),
        ("torch.tensor(2.5)", np.array(2.5, np.float32)),
    ],
)
def test_every_strided_tensor_is_an_array(run, expression, expected):
    np.testing.assert_array_equal(only_result(run(f"return {expression}")).value, expected, strict=True)


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("torch.eye(2).to_sparse()", "Tensor with layout torch.sparse_coo"),
        ("torch.ones(2, device='meta')", "Tensor on device meta"),
    ],
)
def test_a_tensor_without_plain_memory_is_named(run, expression, name):
    assert only_result(run(f"return {expression}")).unsupported == name


def test_training_a_convolution_works_in_the_child(run):
    body = (
        "torch.manual_seed(0)\n"
        "    layers = [torch.nn.Conv2d(1, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(144, 2)]\n"
        "    model = torch.nn.Sequential(*layers)\n"
        "    optimizer = torch.optim.AdamW(model.parameters(), 0.01)\n"
        "    y = torch.tensor([0, 1])\n"
        "    losses = []\n"
        "    for _ in range(20):\n"
        "        optimizer.zero_grad()\n"
        "        loss = torch.nn.functional.cross_entropy(model(x), y)\n"
        "        loss.backward()\n"
        "        optimizer.step()\n"
        "        losses.append(loss.item())\n"
        "    return losses"
    )
    x = np.random.default_rng(0).normal(size=(2, 1, 8, 8)).astype(np.float32)
    losses = only_result(run(body, x=x)).value
    assert losses[-1] < 0.1 * losses[0]


def test_asking_for_a_gpu_is_answered_with_no(run):
    assert only_result(run("return torch.cuda.is_available()")).value is False


def test_a_thread_in_torch_is_forbidden_too(run):
    assert run("import threading; threading.Thread(target=print).start()").status is Status.FORBIDDEN_OPERATION


def test_a_program_for_arrays_gets_arrays_in_the_torch_kind(torch_sandbox):
    program = Program("def f(x): return type(x).__name__", arrays=True)
    assert only_result(torch_sandbox.run(program, [Call("f", {"x": np.ones(2)})])).value == "ndarray"
