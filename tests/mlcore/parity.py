"""One helper that holds the NumPy and PyTorch twins against each other, in values and in gradients."""

import copy
import importlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import torch

from mlcore.gradcheck import central_differences

STEP = 1e-5


def assert_twins_agree(name: str, *inputs: Any, differentiable: bool = True, **options: Any) -> None:
    """Compare both twins of `name` ("losses:mean_squared_error") at `inputs`.

    Values to 1e-10, part by part where tuples, lists or dicts are returned; integers and booleans exactly.
    Gradients: autograd through the PyTorch twin against central differences of the NumPy twin, of all float outputs'
    sum with random weights (a plain sum hides errors: softmax always sums to 1).

    Inputs are differentiated where they are float arrays, alone or inside dicts, lists and tuples. Arrays of integers
    and booleans become tensors without a gradient; None, numbers, functions and generators are given as they are, and
    so are options. `differentiable=False` compares values alone, for what has no useful slope (labels, trees).
    """
    module, function = name.split(":")
    in_numpy = getattr(importlib.import_module(f"mlcore.numpy.{module}"), function)
    in_torch = getattr(importlib.import_module(f"mlcore.torch.{module}"), function)
    tensors = _mapped((copy.deepcopy(inputs), copy.deepcopy(options)), _tensor)

    expected = in_numpy(*copy.deepcopy(inputs), **copy.deepcopy(options))
    outputs = in_torch(*tensors[0], **tensors[1])
    _assert_same(outputs, expected)
    if differentiable:
        _assert_same_gradients(lambda *moved: in_numpy(*moved, **copy.deepcopy(options)), inputs, tensors[0], outputs)


def _assert_same(got: Any, want: Any) -> None:
    got, want = dict(_leaves(got)), dict(_leaves(want))
    assert list(got) == list(want), "the twins return other parts"
    for path in want:
        ours, theirs = _array(want[path]), _array(got[path])
        if ours.dtype.kind == "f":
            assert theirs.dtype == ours.dtype == np.float64, path
            np.testing.assert_allclose(theirs, ours, rtol=1e-10, atol=1e-12, strict=True, err_msg=path)
        else:
            np.testing.assert_array_equal(theirs, ours, strict=True, err_msg=path)


def _assert_same_gradients(in_numpy: Callable[..., Any], inputs: Any, tensors: Any, outputs: Any) -> None:
    rng = np.random.default_rng(0)
    weights = {path: rng.normal(size=part.shape) for path, part in _leaves(outputs) if _is_float(part)}
    attached = {path: part for path, part in _leaves(outputs) if path in weights and part.requires_grad}
    assert attached, (
        "no output of the PyTorch twin depends on an input by autograd; if so it must, differentiable=False"
    )
    sum((part * torch.from_numpy(weights[path])).sum() for path, part in attached.items()).backward()

    given = copy.deepcopy(inputs)
    arrays, slopes = dict(_leaves(given)), dict(_leaves(tensors))

    def weighted_sum(path: str, moved: np.ndarray) -> float:
        kept, arrays[path][...] = arrays[path].copy(), moved
        parts = dict(_leaves(in_numpy(*copy.deepcopy(given))))
        arrays[path][...] = kept
        return float(sum(np.sum(parts[part] * weight) for part, weight in weights.items()))

    for path, tensor in slopes.items():
        if _is_float(tensor):
            want = central_differences(lambda moved, path=path: weighted_sum(path, moved), arrays[path], STEP)
            got = np.zeros(want.shape) if tensor.grad is None else tensor.grad.numpy()
            atol = 1e-8 * max(
                1.0, np.abs(want).max(initial=0.0)
            )  # what rounding leaves of the differences of a large sum
            np.testing.assert_allclose(got, want, rtol=1e-6, atol=atol, err_msg=f"gradient of input {path}")


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every part of nested containers with its place: ".0", ".gate.wx"."""
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield from _leaves(value[key], f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for position, entry in enumerate(value):
            yield from _leaves(entry, f"{path}.{position}")
    else:
        yield path, value


def _mapped(value: Any, convert: Callable[[Any], Any]) -> Any:
    if isinstance(value, Mapping):
        return {key: _mapped(entry, convert) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_mapped(entry, convert) for entry in value)
    return convert(value)


def _tensor(value: Any) -> Any:
    if not isinstance(value, np.ndarray):
        return value
    return torch.tensor(value, requires_grad=value.dtype.kind == "f")


def _array(value: Any) -> np.ndarray:
    return value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)


def _is_float(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.is_floating_point()
