"""Which folders of this machine a jail needs to see: the interpreter, its standard library, and the kind's packages."""

import re
import sys
import sysconfig
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from grader.sandbox.outcome import Kind, SandboxUnavailable

GUEST = Path(__file__).parent / "guest"
_PROJECT = Path(__file__).resolve().parents[2]
PACKAGES_IN_JAIL = "/jail/packages"
GUEST_IN_JAIL = "/jail/code/guest"


@dataclass(frozen=True, slots=True)
class View:
    """What is bound into the jail, read-only, and what is covered again."""

    interpreter: str
    bound: dict[str, str]  # path in the jail -> path outside
    covered: list[str]  # folders in the jail replaced by empty ones
    readable: list[str]  # what a child may still read after lock-down


def view(kind: Kind) -> View:
    """Return what a jail of `kind` sees of this machine.

    Raises `SandboxUnavailable` if a package is missing or if the project itself would become visible.
    """
    interpreter = Path(sys.executable).resolve()
    prefix = Path(sys.base_prefix).resolve()
    standard_library = Path(sysconfig.get_path("stdlib")).resolve()
    system = [path for path in ("/usr/lib", "/usr/lib64") if Path(path).is_dir()]
    bound = {path: path for path in system}
    if prefix != Path("/usr"):
        bound[str(prefix / "lib")] = str(prefix / "lib")
    bound[str(interpreter)] = str(interpreter)
    covered = [str(path) for path in _foreign_packages(standard_library)]
    _refuse_project(bound, covered)
    bound[GUEST_IN_JAIL] = str(GUEST)
    bound |= {f"{PACKAGES_IN_JAIL}/{path.name}": str(path) for path in _package_paths(kind)}
    return View(str(interpreter), bound, covered, [str(standard_library), PACKAGES_IN_JAIL])


def _foreign_packages(standard_library: Path) -> list[Path]:
    """Return the package folders inside the interpreter's own; what a jail needs comes from `_package_paths`."""
    candidates = [
        standard_library / "site-packages",
        standard_library / "dist-packages",
        Path("/usr/lib/python3/dist-packages"),
    ]
    return [path for path in candidates if path.is_dir()]


def _refuse_project(bound: dict[str, str], covered: list[str]) -> None:
    if any(_PROJECT.is_relative_to(path) for path in covered):
        return
    for path in bound.values():
        if _PROJECT.is_relative_to(path):
            raise SandboxUnavailable(
                f"The project lies in {_PROJECT}, which the jail must see for the interpreter.",
                "Move the project out of the folders of the operating system and of Python.",
            )


def _package_paths(kind: Kind) -> list[Path]:
    """Return the files and folders of the distribution named as `kind`, of NumPy, and of all they require."""
    todo: list[str] = ["numpy", kind]
    seen: set[str] = set()
    paths: set[Path] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError as error:
            if name in {"numpy", kind}:
                raise SandboxUnavailable(f"The package {name} is not installed.", f"pip install {name}") from error
            continue
        tops = {path.parts[0] for path in distribution.files or () if path.parts[0] != ".."}
        paths |= {Path(str(distribution.locate_file(top))).resolve() for top in tops - {"__pycache__"}}
        todo += _requirements(distribution)
    return sorted(path for path in paths if path.exists())


def _requirements(distribution: metadata.Distribution) -> list[str]:
    needed = [line for line in distribution.requires or () if "extra ==" not in line]
    return [match.group().lower() for line in needed if (match := re.match(r"[A-Za-z0-9._-]+", line))]
