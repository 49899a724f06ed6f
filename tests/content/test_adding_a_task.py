"""Adding a task is adding a folder: no code, no list and no database knows its name."""

import json
import shutil
import uuid
from io import StringIO

import pytest
from django.core.management import call_command

from courses.task_format import load_task
from tests.content.test_tasks import FOLDERS

pytestmark = pytest.mark.jail


@pytest.fixture
def added(tmp_path, settings):
    """A copy of a task under a new slug and id, alone in a content folder of its own."""
    settings.CONTENT_DIR = tmp_path
    folder = tmp_path / "another-course" / "01-another-lesson" / "another-task"
    shutil.copytree(FOLDERS[0], folder)
    toml = folder / "task.toml"
    toml.write_text(toml.read_text().replace(load_task(FOLDERS[0]).id, str(uuid.uuid4())))
    return load_task(folder)


def test_a_new_folder_is_a_task_that_grades(added):
    assert added.id != load_task(FOLDERS[0]).id
    variant = added.accepted_variants[0]
    out = StringIO()
    call_command("grade", "another-task", str(variant.path), "--backend", variant.backend, "--json", stdout=out)
    verdict = json.loads(out.getvalue())
    assert (verdict["code"], verdict["score"]) == ("accepted", added.max_score)
    assert verdict["provenance"]["task_version"] == added.version
