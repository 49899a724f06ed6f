"""One helper that holds the NumPy and PyTorch twins against each other, in values and in gradients."""

import importlib

import numpy as np
import torch

STEP = 1e-5


def assert_twins_agree(name: str, *inputs: np.ndarray, **options: float) -> None:
    """Compare both twins of `name` ("losses:mean_squared_error") at `inputs`.

    Values to 1e-10. Gradients: autograd through the PyTorch twin against central differences of the NumPy twin, of
    the outputs' sum with random weights (a plain sum hides errors: softmax always sums to 1).
    """
    module, function = name.split(":")
    in_numpy = getattr(importlib.import_module(f"mlcore.numpy.{module}"), function)
    in_torch = getattr(importlib.import_module(f"mlcore.torch.{module}"), function)
    tensors = [torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in inputs]

    expected = np.asarray(in_numpy(*inputs, **options))
    output = in_torch(*tensors, **options)
    assert output.dtype == torch.float64
    np.testing.assert_allclose(output.detach().numpy(), expected, rtol=1e-10, atol=1e-12, strict=True)

    weights = np.random.default_rng(0).normal(size=expected.shape)
    (output * torch.from_numpy(weights)).sum().backward()
    for position, tensor in enumerate(tensors):
        slopes = np.zeros(inputs[position].shape)
        for index in np.ndindex(slopes.shape):
            ahead, behind = (_moved(inputs, position, index, step) for step in (STEP, -STEP))
            difference = np.sum((in_numpy(*ahead, **options) - in_numpy(*behind, **options)) * weights)
            slopes[index] = difference / (2 * STEP)
        np.testing.assert_allclose(tensor.grad.numpy(), slopes, rtol=1e-6, atol=1e-8)


def _moved(inputs: tuple[np.ndarray, ...], position: int, index: tuple[int, ...], step: float) -> list[np.ndarray]:
    moved = [array.copy() for array in inputs]
    moved[position][index] += step
    return moved
