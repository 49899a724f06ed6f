"""A small complete task folder, written anew for a test that changes one thing about it."""

from pathlib import Path

TOML = """\
format = 1
id = "0190f3c2-7c1e-7b0e-9d3e-3f6f1f6f0a11"
title = "Mean squared error"
concepts = ["loss"]
prerequisites = []
difficulty = 1
entry = "mean_squared_error"
reference = "mlcore.losses:mean_squared_error"
backends = ["numpy", "torch"]

[[checks]]
name = "values"
kind = "allclose"
points = 3

[[checks]]
name = "leaves its inputs alone"
kind = "unchanged_inputs"
points = 1
"""
CASES = """\
import numpy as np


def sample(rng):
    yield "three numbers", {"y_true": np.array([1.0, 2.0, 3.0]), "y_pred": np.array([1.5, 2.0, 1.0])}
    yield "six numbers", {"y_true": np.arange(6.0), "y_pred": np.arange(6.0)[::-1].copy()}


def edge(rng):
    yield "one number", {"y_true": np.array([4.0]), "y_pred": np.array([7.0])}


def secret(rng):
    yield "table", {"y_true": rng.normal(size=(3, 4)), "y_pred": rng.normal(size=(3, 4))}
"""
FILES = {
    "task.toml": TOML,
    "cases.py": CASES,
    "statement.md": "Write `mean_squared_error(y_true, y_pred)`.\n",
    "starter.py": "def mean_squared_error(y_true, y_pred):\n    raise NotImplementedError\n",
    "hints.md": "## First\nSubtract.\n\n## Second\nSquare.\n",
    "solution.md": "The mean of the squares.\n",
    "submissions/accepted/plain.py": (
        "def mean_squared_error(y_true, y_pred):\n    return ((y_true - y_pred) ** 2).mean()\n"
    ),
    "submissions/wrong_answer/sum-for-mean.py": (
        '"""You added up. What is a mean?"""\n\n\n'
        "def mean_squared_error(y_true, y_pred):\n    return ((y_true - y_pred) ** 2).sum()\n"
    ),
}


def write_task(folder: Path, files: dict[str, str | None] | None = None, toml: dict[str, str] | None = None) -> Path:
    """Write the task into `folder`, with `files` replaced or (None) left out, and texts of task.toml exchanged."""
    for name, text in {**FILES, **(files or {})}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    path = folder / "task.toml"
    for old, new in (toml or {}).items():
        assert old in path.read_text(), old
        path.write_text(path.read_text().replace(old, new))
    return folder
