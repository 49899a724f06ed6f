"""The reference outputs: mlcore's answers to the cases, computed outside the jail."""

import importlib
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from courses.task_format import Task
from grader.judge.authored import author_module, authors_fault
from grader.judge.cases import Case, fixed_cases
from grader.judge.errors import JudgeError

CLOCK_S = 1e-6  # what no clock tells from nothing


@lru_cache(maxsize=64)
def fixed_outputs(task: Task, backend: str) -> tuple[Any, ...]:
    """Return what the reference gives for the sample and edge cases: the same in every grading run."""
    return reference_outputs(task, backend, fixed_cases(task))


def reference_outputs(task: Task, backend: str, cases: Iterable[Case]) -> tuple[Any, ...]:
    """Return what the reference gives for each case, as plain arrays and Python values.

    `backend` chooses the twin: `mlcore.numpy` gets arrays, `mlcore.torch` tensors on the GPU where there is one.
    """
    call = _reference_call(task, backend)
    outputs = []
    for case in cases:
        with _references_fault(task, backend, case):
            inputs = _inputs(case, device(backend) if backend == "torch" else "")
            outputs.append(_converted(call(inputs), _output))
    return tuple(outputs)


def reference_cpu_s(task: Task, backend: str, case: Case) -> float:
    """Return the CPU time that the reference takes for a case, in seconds: the best of three, on the CPU.

    All threads of this process are counted: what others do in it makes a learner's limit wider, never narrower.
    """
    call = _reference_call(task, backend)
    times = []
    for _ in range(3):
        inputs = _inputs(case, "cpu" if backend == "torch" else "")
        with _references_fault(task, backend, case):
            began = time.process_time()
            call(inputs)
            times.append(time.process_time() - began)
    return max(min(times), CLOCK_S)


@lru_cache(maxsize=2)
def device(backend: str) -> str:
    """Return where the reference of `backend` computes: "cpu" or "cuda"."""
    if backend != "torch":
        return "cpu"
    return "cuda" if _torch().cuda.is_available() else "cpu"


def _reference_call(task: Task, backend: str) -> Callable[[Mapping[str, Any]], Any]:
    """Return the function of a case's inputs: the reference itself, or the task's driver around it."""
    module_name, _, name = task.reference.partition(":")
    module_name = module_name.replace("mlcore.", f"mlcore.{backend}.", 1)
    try:
        module = importlib.import_module(module_name)
        reference = getattr(module, name)
    except (ImportError, AttributeError) as error:
        missing = f"there is no {module_name}:{name}: {error}"
        raise JudgeError(f"{task.folder / 'task.toml'}: reference: {missing}") from error
    if not task.driver:
        return lambda inputs: reference(**inputs)
    driver = author_module(task.folder / "driver.py", task.version)
    learner = SimpleNamespace(**{**vars(module), task.entry: reference})
    return lambda inputs: driver.call(learner, **inputs)


def _references_fault(task: Task, backend: str, case: Case) -> AbstractContextManager[None]:
    return authors_fault(f"reference {task.reference} ({backend}), case {case.name!r}")


def _inputs(case: Case, tensors_on: str) -> Any:
    """Return the inputs of a case anew, arrays as tensors where a device for them is named."""
    return _converted(case.inputs, lambda value: _input(value, tensors_on))


def _tensor(array: np.ndarray, on: str) -> Any:
    """Return `array` as a tensor of the same dtype."""
    return _torch().tensor(array, device=on)


@lru_cache(maxsize=1)
def _torch() -> Any:
    """Return torch, set up so that a verdict depends neither on the GPU nor on who else uses the machine."""
    import torch

    # TF32 keeps 10 bits of a float32's mantissa.
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    torch.set_num_threads(1)  # those of several workers spin while they wait for each other: 100 ms for a small task
    return torch


def _converted(value: Any, convert: Callable[[Any], Any]) -> Any:
    """Return new containers with every leaf converted, so that a reference that writes into a dict changes no case."""
    if isinstance(value, Mapping):
        return {key: _converted(entry, convert) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_converted(entry, convert) for entry in value)
    return convert(value)


def _input(value: Any, tensors_on: str) -> Any:
    return _tensor(value, tensors_on) if tensors_on and isinstance(value, np.ndarray) else value


def _output(value: Any) -> Any:
    return value.detach().cpu().numpy() if hasattr(value, "detach") else value
