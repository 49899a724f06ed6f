"""A task is a folder: task.toml, statement, starter, cases, hints, solution and the submissions that prove it.

Everything that reads a task folder reads it through `load_task`. No Django in here: the judge uses it too.
"""

import re
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from courses import task_files
from courses.task_checks import GROUPS, CheckSpec, read_checks
from courses.task_files import SLUG, Hint, Variant, WrongVariant, read_text
from courses.task_watch import Watch, read_watch
from courses.toml_table import TaskFormatError, TomlTable, closest

__all__ = [
    "GROUPS",
    "CheckSpec",
    "Hint",
    "LimitSpec",
    "Survivor",
    "Task",
    "TaskFormatError",
    "Variant",
    "Watch",
    "WrongVariant",
    "load_task",
]

BACKENDS = ("numpy", "torch")
REFERENCE = re.compile(r"mlcore(?:\.[a-z_][a-z0-9_]*)+:[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class LimitSpec:
    cpu_s: float = 2.0
    memory_mib: int = 256


@dataclass(frozen=True, slots=True)
class Survivor:
    """One `[[survivors]]` table: a mutant of the reference that no case can tell from it, and why."""

    mutant: str  # as certification calls it: "relu, line 8: `<` for `<=`", lines counted from `def`
    reason: str


@dataclass(frozen=True)
class Task:
    folder: Path
    slug: str
    id: str
    title: str
    concepts: tuple[str, ...]
    prerequisites: tuple[str, ...]
    difficulty: int
    entry: str
    reference: str  # "mlcore.convolution:conv2d_forward", resolved in mlcore.numpy and mlcore.torch
    backends: tuple[str, ...]
    checks: tuple[CheckSpec, ...]
    version: str  # content hash of the folder
    outputs: tuple[str, ...] = ()  # names of the outputs, where there are several
    limits: LimitSpec = field(default_factory=LimitSpec)
    wrong_variants: tuple[WrongVariant, ...] = ()
    accepted_variants: tuple[Variant, ...] = ()
    failing_variants: tuple[Variant, ...] = ()  # for other verdicts than accepted and wrong_answer
    allow_float32: bool = True  # float32 results, at float32's own tolerance
    exact_shapes: bool = False  # tell (n,) from (n, 1), and () from (1,)
    survivors: tuple[Survivor, ...] = ()
    watch: Watch | None = None  # where its training can be watched

    @property
    def max_score(self) -> float:
        return round(sum(check.points for check in self.checks), 6)

    @cached_property
    def statement(self) -> str:
        return read_text(self.folder / "statement.md")

    @cached_property
    def starter(self) -> str:
        return read_text(self.folder / "starter.py")

    @cached_property
    def solution(self) -> str:
        return read_text(self.folder / "solution.md")

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        return task_files.read_hints(self.folder / "hints.md")

    @cached_property
    def driver(self) -> str:
        """Source that calls the learner's objects inside the jail; "" where the entry is called as it is."""
        path = self.folder / "driver.py"
        return read_text(path) if path.is_file() else ""


def load_task(folder: Path) -> Task:
    """Return the task in `folder`. Raises TaskFormatError for anything that would not work later."""
    if not SLUG.fullmatch(folder.name):
        raise TaskFormatError(f"{folder}: name a task folder in kebab-case, as in 'conv2d-forward'.")
    table = TomlTable.of_file(folder / "task.toml")
    table.integer("format", least=1, most=1)
    outputs = table.texts("outputs", ())
    task = Task(
        folder=folder,
        slug=folder.name,
        id=_id(table),
        title=table.text("title"),
        concepts=table.texts("concepts", empty=True),
        prerequisites=table.texts("prerequisites", empty=True),
        difficulty=table.integer("difficulty", least=1, most=5),
        entry=_entry(table),
        reference=_reference(table),
        backends=table.texts("backends", allowed=BACKENDS),
        checks=read_checks(table, outputs),
        version=task_files.content_hash(folder),
        outputs=outputs,
        limits=_limits(table.table("limits")),
        wrong_variants=task_files.read_wrong_variants(folder),
        accepted_variants=task_files.read_variants(folder, "accepted"),
        failing_variants=tuple(
            variant for verdict in task_files.FAILURES for variant in task_files.read_variants(folder, verdict)
        ),
        allow_float32=table.flag("allow_float32", default=True),
        exact_shapes=table.flag("exact_shapes", default=False),
        survivors=_survivors(table),
        watch=read_watch(folder),
    )
    table.finish()
    _check_files(task)
    return task


def _id(table: TomlTable) -> str:
    value = table.text("id")
    try:
        canonical = str(uuid.UUID(value))
    except ValueError:
        canonical = ""
    if value != canonical:
        raise table.error("id", f"is {value!r}; write a UUID in lower case, as uuid.uuid4() makes it.")
    return value


def _entry(table: TomlTable) -> str:
    value = table.text("entry")
    if not value.isidentifier():
        raise table.error("entry", f"is {value!r}; write the Python name that the learner defines.")
    return value


def _reference(table: TomlTable) -> str:
    value = table.text("reference")
    if not REFERENCE.fullmatch(value):
        raise table.error("reference", f"is {value!r}; write 'mlcore.<subject>:<name>'.")
    return value


def _limits(table: TomlTable) -> LimitSpec:
    default = LimitSpec()
    limits = LimitSpec(
        cpu_s=table.number("cpu_s", default.cpu_s, least=0.1, most=15.0),
        memory_mib=table.integer("memory_mib", default.memory_mib, least=16, most=2048),
    )
    table.finish()
    return limits


def _survivors(table: TomlTable) -> tuple[Survivor, ...]:
    survivors: list[Survivor] = []
    for entry in table.tables("survivors", optional=True):
        survivor = Survivor(entry.text("mutant"), entry.text("reason"))
        entry.finish()
        if survivor.mutant in [other.mutant for other in survivors]:
            raise entry.error("mutant", f"{survivor.mutant!r} is listed already; give one reason for each mutant.")
        survivors.append(survivor)
    return tuple(survivors)


def _check_files(task: Task) -> None:
    """Refuse missing and empty files, and programs that lack what is called."""
    task_files.check_submission_folders(task.folder)
    for name in ("statement.md", "solution.md"):
        read_text(task.folder / name)
    task_files.read_hints(task.folder / "hints.md")
    task_files.require_names(task.folder / "starter.py", (task.entry,), "the starter defines what `entry` names")
    task_files.require_names(task.folder / "cases.py", GROUPS, "each group of cases is a generator function of `rng`")
    if task.driver:
        task_files.require_names(task.folder / "driver.py", ("call",), "a driver is `call(learner, **inputs)`")
    predicates = tuple(check.predicate for check in task.checks if check.predicate)
    if predicates:
        reason = "a property or training check names it as its predicate"
        task_files.require_names(task.folder / "checker.py", predicates, reason)
    _check_inputs(task)


def _check_inputs(task: Task) -> None:
    """Refuse a gradient with respect to what is no input."""
    inputs = _inputs(task)
    for number, check in enumerate(task.checks, start=1):
        if check.wrt and inputs and check.wrt not in inputs:
            raise TaskFormatError(
                f"{task.folder / 'task.toml'}: checks {number}.wrt: is {check.wrt!r}; allowed: "
                f"{', '.join(inputs)}.{closest(check.wrt, inputs)}"
            )


def _inputs(task: Task) -> tuple[str, ...]:
    """Return the names of the inputs, or nothing where no signature tells them."""
    if task.driver:
        return task_files.parameters(task.folder / "driver.py", "call")[1:]
    return task_files.parameters(task.folder / "starter.py", task.entry)
