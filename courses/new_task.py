"""A new task: a copy of the template, which can be graded as it stands and says what is to be written instead."""

import keyword
import re
import shutil
import uuid
from pathlib import Path

from courses.task_files import SLUG, TORCH_LINE
from courses.toml_table import TaskFormatError, closest

TEMPLATE = Path(__file__).parent / "task_template"
ENTRY = re.compile(r"(?<!:)\bmean_absolute_error\b")  # but not the reference, which stays until there is another
PLACE = re.compile(r"([^/]+)/(\d\d-[^/]+)/([^/]+)")
AUTHORING = "docs/authoring.md tells what a lesson needs."


def new_task(content: Path, place: str, entry: str, backends: tuple[str, ...]) -> Path:
    """Copy the template to `place`, "course/NN-lesson/slug" below `content`, and return its folder.

    Raises
    ------
    TaskFormatError
        The place or the entry cannot be used; nothing was written.
    """
    parts = PLACE.fullmatch(place)
    if not parts or not SLUG.fullmatch(parts[3]):
        raise TaskFormatError(
            f"{place!r} is no place for a task; write course/NN-lesson/slug in kebab-case, as in "
            f"'neural-networks/04-activation-functions/stable-softmax'."
        )
    folder, slug = content / place, parts[3]
    entry = entry or slug.replace("-", "_")
    if not entry.isidentifier() or keyword.iskeyword(entry):
        raise TaskFormatError(f"entry {entry!r} is no name in Python; give another one.")
    if "numpy" not in backends:
        raise TaskFormatError("A task takes numpy, or numpy and torch: its wrong answers are written in NumPy.")
    _check_lesson(folder.parent)
    if folder.exists():
        raise TaskFormatError(f"{folder} is there already; choose another name, or remove it first.")
    others = {path.parent.name: path.parent for path in content.glob("*/*/*/task.toml")}
    if slug in others:
        raise TaskFormatError(f"{others[slug]} has this name already; a task's address is its name: choose another.")
    shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        text = path.read_text(encoding="utf-8")
        if text.startswith(TORCH_LINE) and "torch" not in backends:
            path.unlink()
        else:
            path.write_text(ENTRY.sub(entry, text), encoding="utf-8")
    _fill_in(folder / "task.toml", slug, backends)
    return folder


def _check_lesson(lesson: Path) -> None:
    if (lesson / "lesson.md").is_file():
        return
    lessons = [path.parent.name for path in lesson.parent.glob("*/lesson.md")]
    if not lessons:
        courses = [path.parent.name for path in lesson.parents[1].glob("*/course.toml")]
        raise TaskFormatError(
            f"{lesson.parent} is no course with lessons.{closest(lesson.parent.name, courses)} {AUTHORING}"
        )
    raise TaskFormatError(f"{lesson / 'lesson.md'} is missing.{closest(lesson.name, lessons)} {AUTHORING}")


def _fill_in(path: Path, slug: str, backends: tuple[str, ...]) -> None:
    """Give the task an id of its own, a title and its backends."""
    values = {
        "id": str(uuid.uuid4()),
        "title": slug.replace("-", " ").capitalize(),
        "backends": list(backends),
    }
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        written = str(value).replace("'", '"') if isinstance(value, list) else f'"{value}"'
        text = re.sub(rf"^{key} = .*$", f"{key} = {written}", text, count=1, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
