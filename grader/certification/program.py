"""The reference as one program that can be submitted: what it reaches of mlcore, put together."""

import ast
import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from courses.task_format import Task
from grader.certification.errors import CertificationError

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True, slots=True)
class Place:
    """Where the lines of a definition stand in the program, and in the file that they were taken from."""

    name: str
    first: int  # line of the program
    last: int
    path: Path
    line: int  # of `path`, that of `first`


@dataclass(frozen=True, slots=True)
class ReferenceProgram:
    source: str
    places: tuple[Place, ...]


def reference_program(task: Task, backend: str) -> ReferenceProgram:
    """Return the reference of a task as a program for `backend` that defines the task's entry.

    It holds what the reference reaches, and for a task with a driver what that asks of the learner: not the rest.

    Raises
    ------
    CertificationError
        The modules cannot be put together.
    """
    module_name, _, name = task.reference.replace("mlcore.", f"mlcore.{backend}.", 1).partition(":")
    modules = tuple(_module(each) for each in _closure(module_name))
    wanted = {name, *(_asked_of_the_learner(task.driver) - {task.entry})}
    reached = _reached(modules, wanted)
    lines = [line for module in modules for line in module.imports]
    places = []
    for module in modules:
        for definition in module.definitions:
            if not reached & set(_names(definition)):
                continue
            block = module.block(definition)
            first = len(lines) + 3
            lines += ["", "", *block]
            places.append(Place(_names(definition)[0], first, len(lines), module.path, _first_line(definition)))
    if name != task.entry:
        lines += ["", "", f"{task.entry} = {name}"]
    return ReferenceProgram("\n".join(lines) + "\n", tuple(places))


@dataclass(frozen=True)
class _Module:
    name: str
    path: Path
    lines: tuple[str, ...]
    imports: tuple[str, ...]  # of other packages than mlcore
    imported: tuple[str, ...]  # modules of mlcore
    definitions: tuple[Definition, ...]

    def block(self, definition: Definition) -> tuple[str, ...]:
        """Return the lines of a definition with its decorators."""
        assert definition.end_lineno is not None
        return self.lines[_first_line(definition) - 1 : definition.end_lineno]


@lru_cache(maxsize=64)
def _module(name: str) -> _Module:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise CertificationError(f"There is no module {name}.")
    path = Path(spec.origin)
    source = path.read_text(encoding="utf-8")
    imports: list[str] = []
    imported: list[str] = []
    definitions: list[Definition] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            mine = _of_mlcore(node, path)
            imported += mine
            imports += [] if mine else [ast.unparse(node)]
        elif isinstance(node, Definition):
            definitions.append(node)
    return _Module(name, path, tuple(source.splitlines()), tuple(imports), tuple(imported), tuple(definitions))


def _of_mlcore(node: ast.Import | ast.ImportFrom, path: Path) -> list[str]:
    """Return the module of mlcore whose names are imported, refused where one of them would have another name here."""
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    mine = [name for name in names if name.split(".")[0] == "mlcore"]
    is_by_name = isinstance(node, ast.ImportFrom) and all(name.count(".") > 1 for name in mine)
    if mine and not (is_by_name and not any(alias.asname for alias in node.names)):
        raise CertificationError(
            f"{path}, line {node.lineno}: import functions by their own names, as in "
            f"'from mlcore.numpy.activations import relu', so that a reference can be put together as one program."
        )
    return mine


def _closure(name: str) -> list[str]:
    """Return a module and all modules of mlcore that it needs, each after what it imports."""
    found: list[str] = []

    def visit(module: str) -> None:
        if module not in found:
            for other in _module(module).imported:
                visit(other)
            found.append(module)

    visit(name)
    return found


def _reached(modules: tuple[_Module, ...], wanted: set[str]) -> set[str]:
    """Return the names that are defined in `modules` and used by `wanted`, directly or by others."""
    defined: dict[str, tuple[_Module, Definition]] = {}
    for module in modules:
        for definition in module.definitions:
            defined |= dict.fromkeys(_names(definition), (module, definition))
    reached: set[str] = set()
    waiting = sorted(wanted & set(defined))
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        definition = defined[name][1]
        waiting += [node.id for node in ast.walk(definition) if isinstance(node, ast.Name) and node.id in defined]
    _refuse_namesakes(modules, reached)
    return reached


def _refuse_namesakes(modules: tuple[_Module, ...], reached: set[str]) -> None:
    homes: dict[str, Path] = {}
    for module in modules:
        for definition in module.definitions:
            for name in reached & set(_names(definition)):
                other = homes.setdefault(name, module.path)
                if other != module.path and module.block(definition) != _block_of(modules, other, name):
                    raise CertificationError(
                        f"{module.path} and {other} both define {name}, and one reference uses both: rename one."
                    )


def _block_of(modules: tuple[_Module, ...], path: Path, name: str) -> tuple[str, ...]:
    [module] = [module for module in modules if module.path == path]
    return next(module.block(each) for each in module.definitions if name in _names(each))


def _names(definition: Definition) -> list[str]:
    if isinstance(definition, ast.FunctionDef | ast.ClassDef):
        return [definition.name]
    targets = definition.targets if isinstance(definition, ast.Assign) else [definition.target]
    return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]


def _first_line(definition: Definition) -> int:
    decorators: list[int] = [each.lineno for each in getattr(definition, "decorator_list", ())]
    return min([definition.lineno, *decorators])


def _asked_of_the_learner(driver: str) -> set[str]:
    """Return the names that a driver takes from the learner's module, which is the first argument of its `call`."""
    tree = ast.parse(driver)
    calls = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "call"]
    learners = {call.args.args[0].arg for call in calls}
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in learners
    }
