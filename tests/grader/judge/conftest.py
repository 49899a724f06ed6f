import pytest

from courses.task_format import load_task
from tests.jail import judged, sandboxes
from tests.task_folders import write_task

__all__ = ["judged", "make_task", "sandboxes"]


@pytest.fixture
def make_task(tmp_path):
    """Return a function that writes a task with some files and texts of task.toml replaced, and loads it."""

    def make(files=None, toml=None, name="squared-error"):
        return load_task(write_task(tmp_path / name, files, toml))

    return make
