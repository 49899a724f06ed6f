"""The reference outputs: mlcore's answers to the cases, computed outside the jail."""

import importlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from courses.task_format import Task
from grader.judge.authored import author_module, authors_fault
from grader.judge.cases import Case, fixed_cases
from grader.judge.errors import JudgeError


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
        with authors_fault(f"reference {task.reference} ({backend}), case {case.name!r}"):
            inputs = _converted(case.inputs, lambda value: _input(value, backend))
            outputs.append(_converted(call(inputs), _output))
    return tuple(outputs)


@lru_cache(maxsize=2)
def device(backend: str) -> str:
    """Return where the reference of `backend` computes: "cpu" or "cuda"."""
    if backend != "torch":
        return "cpu"
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


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


def _tensor(array: np.ndarray) -> Any:
    """Return `array` as a tensor of the same dtype on the reference's device."""
    import torch

    # TF32 keeps 10 bits of a float32's mantissa: the verdict would depend on the GPU.
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    return torch.tensor(array, device=device("torch"))


def _converted(value: Any, convert: Callable[[Any], Any]) -> Any:
    """Return new containers with every leaf converted, so that a reference that writes into a dict changes no case."""
    if isinstance(value, Mapping):
        return {key: _converted(entry, convert) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_converted(entry, convert) for entry in value)
    return convert(value)


def _input(value: Any, backend: str) -> Any:
    return _tensor(value) if backend == "torch" and isinstance(value, np.ndarray) else value


def _output(value: Any) -> Any:
    return value.detach().cpu().numpy() if hasattr(value, "detach") else value
