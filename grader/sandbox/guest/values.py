"""Between plain arrays, which cross the wall of the jail, and the arrays or tensors learners work with."""

import sys
from typing import Any

import numpy as np

from .frames import DTYPES, MAX_DEPTH

_PLAIN = {np.dtype(code) for code in DTYPES}


class UnsupportedError(TypeError):
    """The learner returned an object that no array, number, string or container of these can stand for."""


def to_tensors(value: Any) -> Any:
    """Return `value` with every array replaced by a tensor that shares its memory."""
    import torch

    if isinstance(value, np.ndarray):
        return torch.from_numpy(value) if value.dtype.kind != "u" or value.itemsize == 1 else torch.tensor(value)
    if isinstance(value, dict):
        return {key: to_tensors(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(to_tensors(item) for item in value)
    return value


def to_plain(value: Any, depth: int = 0) -> Any:
    """Return `value` made of None, bool, int, float, str, list, tuple, dict and exact `np.ndarray` only.

    Raises `UnsupportedError` with the name of the type that cannot be converted.
    """
    if depth > MAX_DEPTH:
        raise UnsupportedError(f"a value nested more than {MAX_DEPTH} levels deep")
    if value is None or type(value) in {bool, int, float, str}:
        return value
    if isinstance(value, np.ndarray):
        return _plain_array(value)
    if isinstance(value, np.generic | complex):
        return _plain_array(np.asarray(value))
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        return _plain_tensor(value, torch)
    return _plain_container(value, depth)


def _plain_container(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise UnsupportedError("dict with keys that are not str")
        return {str(key): to_plain(item, depth + 1) for key, item in dict.items(value)}
    if isinstance(value, tuple):
        return tuple(to_plain(item, depth + 1) for item in tuple.__iter__(value))
    if isinstance(value, list):
        return [to_plain(item, depth + 1) for item in list.__iter__(value)]
    for plain in (int, float, str):
        if isinstance(value, plain):
            return plain(value)
    raise UnsupportedError(type(value).__name__)


def _plain_array(value: np.ndarray) -> np.ndarray:
    array = np.array(value, subok=False, copy=True, order="C")
    if array.dtype.kind in "fc" and array.dtype.itemsize > (8 if array.dtype.kind == "f" else 16):
        array = array.astype(np.float64 if array.dtype.kind == "f" else np.complex128)  # long double
    native = array.dtype.newbyteorder("=")
    if native not in _PLAIN:
        raise UnsupportedError(f"{type(value).__name__} of dtype {array.dtype}")
    return array.astype(native, copy=False)


def _plain_tensor(value: Any, torch: Any) -> np.ndarray:
    if value.layout != torch.strided or value.is_quantized:
        raise UnsupportedError(f"{type(value).__name__} with layout {value.layout}")
    if value.device.type != "cpu":
        raise UnsupportedError(f"{type(value).__name__} on device {value.device}")
    plain = value.detach().resolve_conj().resolve_neg()
    if plain.dtype == torch.bfloat16:
        plain = plain.to(torch.float32)
    return _plain_array(plain.numpy())
