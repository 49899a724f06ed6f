"""python -m benchmarks.copies FROM TO COPIES: a catalogue of many tasks, made of copies of one."""

import re
import shutil
import sys
import uuid
from pathlib import Path

PREREQUISITES = re.compile(r"^prerequisites = \[.*\]$", re.MULTILINE)
ID = re.compile(r'^id = ".*"$', re.MULTILINE)


def copy_content(source: Path, target: Path, copies: int) -> None:
    """Write so many copies of each course, with names and ids of their own, and links that stay within a copy."""
    for number in range(1, copies + 1):
        for course in sorted(path for path in source.iterdir() if (path / "course.toml").is_file()):
            folder = target / f"{course.name}-{number}"
            shutil.copytree(course, folder, ignore=shutil.ignore_patterns("__pycache__"))
            for path in folder.glob("*/lesson.md"):
                path.write_text(_renamed(path.read_text(), r'("[\w-]+)/([\w-]+)"', rf'\1-{number}/\2"'))
            for path in folder.glob("*/*/task.toml"):
                text = _renamed(path.read_text(), r'("[\w-]+)"', rf'\1-{number}"')
                path.write_text(ID.sub(f'id = "{uuid.uuid4()}"', text))
                path.parent.rename(path.parent.with_name(f"{path.parent.name}-{number}"))


def _renamed(text: str, slug: str, renamed: str) -> str:
    return PREREQUISITES.sub(lambda line: re.sub(slug, renamed, line[0]), text)


if __name__ == "__main__":
    copy_content(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
