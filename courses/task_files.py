"""The texts and programs of a task folder beside task.toml."""

import ast
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from courses.toml_table import TaskFormatError, closest

FAILURES = (
    "partially_accepted",
    "time_limit_exceeded",
    "memory_limit_exceeded",
    "output_limit_exceeded",
    "run_time_error",
    "syntax_error",
    "forbidden_operation",
)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TORCH_LINE = "# backend: torch"
HINT = re.compile(r"^## +(.+)$", re.MULTILINE)
CODE_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")


@dataclass(frozen=True, slots=True)
class Hint:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A whole submission kept beside the task, with the verdict that it must get."""

    slug: str
    path: Path
    backend: str
    verdict: str = "accepted"


@dataclass(frozen=True, slots=True)
class WrongVariant:
    """A wrong answer that learners give: its docstring says what was done, then asks the question that leads on."""

    slug: str
    path: Path
    did: str
    question: str
    backend: str = "numpy"


def read_text(path: Path) -> str:
    """Return what a text file holds, which must be something."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise TaskFormatError(f"{path}: the file is missing; a task folder holds this file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise TaskFormatError(f"{path}: cannot be read as UTF-8 text: {error}.") from None
    if not text.strip():
        raise TaskFormatError(f"{path}: is empty; write it, or remove the task.")
    return text


def read_hints(path: Path) -> tuple[Hint, ...]:
    """Return the ladder of hints: one for each `##` heading outside code blocks."""
    text = read_text(path)
    masked = CODE_BLOCK.sub(lambda block: " " * len(block[0]), text)
    headings = list(HINT.finditer(masked))
    if not headings or masked[: headings[0].start()].strip():
        raise TaskFormatError(f"{path}: begin with a heading '## ...'; each such heading is one hint.")
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    hints = tuple(
        Hint(heading[1].strip(), text[heading.end() : end].strip()) for heading, end in zip(headings, ends, strict=True)
    )
    for hint in hints:
        if not hint.text:
            raise TaskFormatError(f"{path}: the hint {hint.title!r} is empty; write it or remove its heading.")
    return hints


def require_names(path: Path, names: tuple[str, ...], reason: str) -> None:
    """Refuse a module that does not define `names` at its top level."""
    defined = _defined_names(_parsed(path))
    for name in names:
        if name not in defined:
            raise TaskFormatError(f"{path}: defines no {name!r}; {reason}.{closest(name, defined)}")


def parameters(path: Path, name: str) -> tuple[str, ...]:
    """Return what the function `name` takes, by name: nothing where it is no function, or takes whatever comes."""
    for node in _parsed(path).body:
        if isinstance(node, ast.FunctionDef) and node.name == name and not node.args.vararg and not node.args.kwarg:
            return tuple(each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))
    return ()


def read_variants(folder: Path, verdict: str) -> tuple[Variant, ...]:
    """Return the submissions in `submissions/<verdict>`."""
    return tuple(Variant(path.stem, path, _backend(path), verdict) for path in _programs(folder, verdict))


def read_wrong_variants(folder: Path) -> tuple[WrongVariant, ...]:
    """Return the submissions in `submissions/wrong_answer` with what each did and asks."""
    return tuple(_wrong_variant(path) for path in _programs(folder, "wrong_answer"))


def check_submission_folders(folder: Path) -> None:
    """Refuse folders below `submissions/` that stand for no verdict: they would never be looked at."""
    known = ("accepted", "wrong_answer", *FAILURES)
    submissions = folder / "submissions"
    for path in sorted(submissions.iterdir()) if submissions.is_dir() else ():
        if path.name[0] not in "._" and path.name not in known:
            raise TaskFormatError(
                f"{path}: is named after no verdict; known: {', '.join(known)}.{closest(path.name, known)}"
            )


def content_hash(folder: Path) -> str:
    """Return the SHA-256 of what learners read and what decides verdicts: names and bytes, in order of name.

    Submissions that only certification runs are left out: they change nothing for a learner.
    """
    paths = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    paths += _programs(folder, "wrong_answer")
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in paths):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _programs(folder: Path, verdict: str) -> list[Path]:
    return sorted((folder / "submissions" / verdict).glob("*.py"))


def _backend(path: Path) -> str:
    return "torch" if read_text(path).split("\n", 1)[0].strip() == TORCH_LINE else "numpy"


def _wrong_variant(path: Path) -> WrongVariant:
    if not SLUG.fullmatch(path.stem):
        raise TaskFormatError(f"{path}: name it in kebab-case after the misconception, as in 'flipped-kernel.py'.")
    parts = _sentences(ast.get_docstring(_parsed(path)) or "")
    did, question = " ".join(parts[:-1]), parts[-1]
    if not did or not question.endswith("?"):
        raise TaskFormatError(
            f"{path}: begin with a docstring of two parts: a sentence on what the learner did, ending in a full stop, "
            f"and last the question that leads on, ending in '?'."
        )
    return WrongVariant(path.stem, path, did, question, _backend(path))


def _sentences(docstring: str) -> list[str]:
    """Return the paragraphs, or the sentences of a single paragraph."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in docstring.split("\n\n")]
    return paragraphs if len(paragraphs) > 1 else SENTENCE_END.split(paragraphs[0])


def _parsed(path: Path) -> ast.Module:
    text = read_text(path)
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise TaskFormatError(f"{path}: is not valid Python: {error}.") from None


def _defined_names(module: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names.update(alias.asname or alias.name for alias in node.names)
    return names
