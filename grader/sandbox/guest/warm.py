"""What the zygote imports and touches once, so that no child has to."""

import gc
import importlib
import os
from pathlib import Path

from . import kernel

# What most programs import, and whatever brings a shared library along: none can be loaded after the lock-down. The
# rest of the standard library is files to read, for those who ask for it; here it would cost every fork its memory.
_MODULES = (
    "array", "bisect", "cmath", "collections", "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal",
    "enum", "fractions", "functools", "hashlib", "heapq", "inspect", "io", "itertools", "json", "math", "numbers",
    "operator", "pickle", "queue", "random", "re", "secrets", "select", "statistics", "string", "struct",
    "subprocess", "textwrap", "threading", "time", "traceback", "types", "typing", "unicodedata", "uuid", "warnings",
    "zlib",
)  # fmt: skip


def warm_up(kind: str) -> None:
    """Import and use the libraries of `kind` ("numpy" or "torch") and leave the process ready to be forked.

    Raises `RuntimeError` if a library started a thread or left memory that is both writable and executable: a child
    could not be locked down then.
    """
    for name in _MODULES:
        importlib.import_module(name)
    _warm_numpy()
    if kind == "torch":
        _warm_torch()
    if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208 - only the count matters
        raise RuntimeError("A library started a thread in the zygote.")
    if "rwxp" in Path("/proc/self/maps").read_text("utf-8"):
        raise RuntimeError("A library left memory that is writable and executable.")
    gc.collect()
    if kind == "torch":
        kernel.use_huge_pages()  # 200 MiB: a fork takes a quarter of the time; NumPy's 20 MiB are not worth it
    gc.freeze()


def _warm_numpy() -> None:
    import numpy as np

    x = np.random.default_rng(0).normal(size=(8, 8))
    np.random.seed(0)  # noqa: NPY002 - warms the legacy stream
    np.random.randn(2)  # noqa: NPY002
    np.linalg.inv(x @ x.T + np.eye(8))
    np.linalg.svd(x)
    np.linalg.eigh(x @ x.T)
    np.fft.fft(x)
    np.einsum("ij,jk->ik", x, x)
    np.lib.stride_tricks.sliding_window_view(x, (2, 2))
    np.asarray(np.array2string(x)).astype(str)


def _warm_torch() -> None:
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    # oneDNN writes machine code at run time, which no child may do. (The attribute is a descriptor without types.)
    setattr(torch.backends.mkldnn, "enabled", False)  # noqa: B010
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(72, 2))
    optimizer = torch.optim.Adam(model.parameters())
    loss = torch.nn.functional.cross_entropy(model(torch.randn(3, 1, 8, 8)), torch.tensor([0, 1, 0]))
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    optimizer.step()
    torch.linalg.svd(torch.randn(4, 4, dtype=torch.float64))
    torch.einsum("ij,jk->ik", torch.randn(2, 2), torch.randn(2, 2))
    torch.nn.functional.unfold(torch.randn(1, 1, 4, 4), 2)
