"""What watch.py of a task says about itself; its generator is run by grader.judge.watch."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses import task_files
from courses.toml_table import TaskFormatError

NAMES = ("title", "description", "watch")


@dataclass(frozen=True, slots=True)
class Choice:
    """A parameter of `watch` that the learner chooses."""

    name: str
    label: str
    options: tuple[tuple[str, Any], ...]  # what the learner reads, and the value that `watch` gets
    default: str  # one of `labels`

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self.options)


@dataclass(frozen=True, slots=True)
class Watch:
    """A training that can be watched."""

    path: Path
    title: str
    description: str
    choices: tuple[Choice, ...] = ()

    def values(self, chosen: Mapping[str, str]) -> dict[str, Any]:
        """Return the arguments of `watch` for what was chosen; what was not is as by default.

        Raises ValueError with a sentence for a learner if there is no such option.
        """
        values = {}
        for choice in self.choices:
            option = chosen.get(choice.name) or choice.default
            if option not in choice.labels:
                raise ValueError(f"{choice.label}: {option!r} is not among {', '.join(choice.labels)}.")
            values[choice.name] = dict(choice.options)[option]
        return values


def read_watch(folder: Path) -> Watch | None:
    """Return what `watch.py` in a task folder says about itself, None where there is no such file.

    It is read, not run: title, description and choices are literals.
    """
    path = folder / "watch.py"
    if not path.is_file():
        return None
    task_files.require_names(path, NAMES, "it tells what is watched and how")
    literals = _literals(path)
    choices = tuple(_choice(path, name, value) for name, value in dict(literals.get("choices", {})).items())
    expected = ("rng", *(choice.name for choice in choices))
    if task_files.parameters(path, "watch") != expected:
        raise TaskFormatError(f"{path}: write `def watch({', '.join(expected)})`: the generator, and its choices.")
    return Watch(path, _text(path, literals, "title"), _text(path, literals, "description"), choices)


def _literals(path: Path) -> dict[str, Any]:
    found = {}
    for node in ast.parse(task_files.read_text(path)).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in {"title", "description", "choices"}:
                try:
                    found[name] = ast.literal_eval(node.value)
                except ValueError:
                    raise TaskFormatError(f"{path}: {name}: write it as a literal; it is read, not run.") from None
    return found


def _text(path: Path, literals: Mapping[str, Any], name: str) -> str:
    value = literals.get(name)
    if not isinstance(value, str) or not value.strip():
        raise TaskFormatError(f"{path}: {name}: is {value!r}; write a text in quotes.")
    return value


def _choice(path: Path, name: str, value: Any) -> Choice:
    try:
        label, options, default = value
        choice = Choice(name, label, tuple(options.items()), default)
    except (AttributeError, TypeError, ValueError):
        choice = None
    if choice is None or len(choice.options) < 2 or choice.default not in choice.labels:
        raise TaskFormatError(
            f"{path}: choices, {name}: is {value!r}; write (label, {{option: value, ...}}, default), "
            "with two options or more and one of them as the default."
        )
    return choice
