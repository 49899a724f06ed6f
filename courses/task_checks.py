"""The `[[checks]]` of task.toml: what is looked at, in which cases, for how many points."""

from dataclasses import dataclass
from typing import Any

from courses.toml_table import TomlTable

GROUPS = ("sample", "edge", "secret")
RTOL, ATOL = 1e-6, 1e-9
SPEED_CLASSES = (5, 50, 500)  # finer ones would tell the machine's mood from the code's

# The keys that only one kind or two have; all kinds have the others.
KEYS: dict[str, tuple[str, ...]] = {
    "allclose": (),
    "exact": (),
    "gradient": ("wrt", "loss"),
    "property": ("predicate",),
    "training": ("predicate", "least"),
    "unchanged_inputs": (),
    "determinism": (),
    "speed": ("at_most",),
}
KINDS = tuple(KEYS)


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """One `[[checks]]` table."""

    name: str
    kind: str  # one of KINDS
    points: float
    cases: tuple[str, ...] = GROUPS  # groups, or names of single cases
    output: str = ""  # which of several outputs; "" = the whole return value
    rtol: float = RTOL
    atol: float = ATOL  # times the scale of the reference
    predicate: str = ""  # kinds "property" and "training": the function of checker.py that decides
    wrt: str = ""  # kind "gradient": the input that `output` is the gradient of a loss with respect to
    loss: str = ""  # kind "gradient": the output that is that loss; "" = the reference alone is asked
    least: int = 0  # kind "training": so many cases must reach the goal
    at_most: int = 0  # kind "speed": times the CPU time of the reference


def read_checks(table: TomlTable, outputs: tuple[str, ...]) -> tuple[CheckSpec, ...]:
    """Return the checks of task.toml, whose outputs are called `outputs`."""
    checks: list[CheckSpec] = []
    for entry in table.tables("checks"):
        check = _check(entry, outputs)
        if check.name in [other.name for other in checks]:
            raise entry.error("name", f"{check.name!r} names another check already; give each its own.")
        checks.append(check)
    if not sum(check.points for check in checks):
        raise table.error("checks", "no check carries points; a task is worth something.")
    return tuple(checks)


def _check(table: TomlTable, outputs: tuple[str, ...]) -> CheckSpec:
    kind = table.choice("kind", KINDS)
    _refuse_keys_of_other_kinds(table, kind)
    check = CheckSpec(
        name=table.text("name"),
        kind=kind,
        points=table.number("points", least=0, most=1000),
        cases=table.texts("cases", GROUPS),
        output=_output(table, "output", outputs),
        rtol=table.number("rtol", RTOL, least=0, most=1),
        atol=table.number("atol", ATOL, least=0, most=1),
        **_own_keys(table, kind, outputs),
    )
    table.finish()
    if kind == "gradient" and outputs and not check.output:
        raise table.error("output", f"is missing; name the output that is the gradient: {', '.join(outputs)}.")
    if check.loss and check.loss == check.output:
        raise table.error("loss", f"is {check.loss!r}, the gradient itself; name the output that is the loss.")
    return check


def _refuse_keys_of_other_kinds(table: TomlTable, kind: str) -> None:
    for key in sorted({key for keys in KEYS.values() for key in keys} - set(KEYS[kind])):
        if key in table:
            kinds = " and ".join(other for other, keys in KEYS.items() if key in keys)
            raise table.error(key, f"belongs to checks of kind {kinds}; this one is of kind {kind}.")


def _own_keys(table: TomlTable, kind: str, outputs: tuple[str, ...]) -> dict[str, Any]:
    if kind == "gradient":
        return {"wrt": table.text("wrt"), "loss": _output(table, "loss", outputs)}
    if kind == "property":
        return {"predicate": table.text("predicate")}
    if kind == "training":
        return {"predicate": table.text("predicate"), "least": table.integer("least", least=1, most=1000)}
    if kind == "speed":
        return {"at_most": table.one_of("at_most", SPEED_CLASSES)}
    return {}


def _output(table: TomlTable, key: str, outputs: tuple[str, ...]) -> str:
    value = table.text(key, "")
    if value and value not in outputs:
        named = f"it names none of outputs = {list(outputs)}" if outputs else "task.toml lists no outputs = [...]"
        raise table.error(key, f"is {value!r}, but {named}; use a listed name.")
    return value
