"""What every task folder on disk holds. What its tests accept and reject is for test_certification.py to say.

A new task folder is found by itself; nothing here names one.
"""

from functools import lru_cache
from pathlib import Path

import pytest

from courses.task_format import load_task

CONTENT = Path(__file__).resolve().parents[2] / "courses" / "content"
IN_TORCH = sorted((Path(__file__).parent / "mistakes_in_torch").glob("*/*.py"))
FOLDERS = sorted(path.parent for path in CONTENT.glob("*/*/*/task.toml"))

task_of = lru_cache(load_task)
every_task = pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])


def test_there_are_tasks():
    assert FOLDERS


@every_task
def test_the_texts_are_there(folder):
    task = task_of(folder)
    assert 60 <= len(task.statement.split()) <= 300
    assert len(task.hints) >= 2
    assert all(hint.text for hint in task.hints)
    assert task.entry in task.statement
    assert task.solution.strip()


@every_task
def test_every_backend_has_an_accepted_answer_and_the_task_a_wrong_one(folder):
    task = task_of(folder)
    assert {variant.backend for variant in task.accepted_variants} == set(task.backends)
    assert task.wrong_variants
    assert {variant.backend for variant in task.wrong_variants} <= set(task.backends)


@pytest.mark.jail
@pytest.mark.parametrize("path", IN_TORCH, ids=[f"{path.parent.name}/{path.stem}" for path in IN_TORCH])
def test_a_mistake_made_with_tensors_has_the_name_of_the_one_made_with_arrays(path, judged):
    [folder] = [folder for folder in FOLDERS if folder.name == path.parent.name]
    verdict = judged(task_of(folder), path.read_text(), "torch")
    assert path.stem in [misconception.slug for misconception in verdict.misconceptions]
