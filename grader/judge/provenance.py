"""What a verdict was made with, so that it can be made again."""

import platform
import tomllib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from courses.task_format import Task
from grader.judge.reference import device


def provenance(task: Task, backend: str, seed: int) -> dict[str, Any]:
    """Return seed, versions and device."""
    return {
        "seed": seed,
        "task_version": task.version,
        "grader": grader_version(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "torch": _torch_version() if backend == "torch" else None,
        "device": device(backend),
    }


@lru_cache(maxsize=1)
def _torch_version() -> str:
    return version("torch")  # read from files: milliseconds


@lru_cache(maxsize=1)
def grader_version() -> str:
    """Return the version of the product: that of the installed package, or of the checkout that runs uninstalled."""
    try:
        return version("baremath")
    except PackageNotFoundError:
        pyproject = Path(__file__).resolve().parents[2] / "pyproject.toml"
        return str(tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["version"])
