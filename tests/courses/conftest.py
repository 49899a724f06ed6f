import re
import shutil
import uuid
from pathlib import Path

import pytest

REAL_CONTENT = Path(__file__).resolve().parents[2] / "courses" / "content"


@pytest.fixture
def content(tmp_path, settings):
    """Return an empty content folder that the catalogue reads, with a function that writes into it."""
    settings.CONTENT_DIR = tmp_path / "content"
    settings.CONTENT_DIR.mkdir()
    return settings.CONTENT_DIR


@pytest.fixture
def write(content):
    def write(path, text):
        target = content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    return write


@pytest.fixture
def lesson(write):
    """One course with one lesson and no task."""
    write("foundations/course.toml", 'title = "Foundations"\nsummary = "What all else stands on."\norder = 1\n')
    write("foundations/02-loss/lesson.md", '+++\ntitle = "Loss"\nsummary = "How wrong."\n+++\n## Why\n')


@pytest.fixture
def copy_task(content):
    """Return a function that copies a published task into the content folder under another id and slug."""

    def copy(path, *, task_id=None, prerequisites=()):
        target = content / path
        shutil.copytree(REAL_CONTENT / "supervised-learning/03-loss-functions/mean-squared-error", target)
        toml = (target / "task.toml").read_text()
        toml = re.sub(r'^id = ".*"', f'id = "{task_id or uuid.uuid4()}"', toml, flags=re.MULTILINE)
        toml = re.sub(r"^prerequisites = .*", f"prerequisites = {list(prerequisites)}", toml, flags=re.MULTILINE)
        (target / "task.toml").write_text(toml)
        return target

    return copy
