"""Answers written from the statements alone, in many styles: whoever is right must be accepted.

What lies in `fresh/<task>/<style>.py` was written without a look at the references or at the submissions beside the
tasks. Those that compute in float32 say so in their first lines: they are held to float32's own tolerance.
"""

from collections import Counter
from pathlib import Path

import pytest

from courses.task_files import TORCH_LINE
from tests.content.test_tasks import FOLDERS, task_of

pytestmark = pytest.mark.jail

FRESH = sorted((Path(__file__).parent / "fresh").glob("*/*.py"))
FLOAT32_LINE = "# Needs the tolerance of float32."
SEEDS = range(3)  # of secret cases


def source_and_backend(path):
    source = path.read_text(encoding="utf-8")
    return source, "torch" if source.startswith(TORCH_LINE) else "numpy"


@pytest.mark.parametrize("path", FRESH, ids=[f"{path.parent.name}/{path.stem}" for path in FRESH])
def test_a_fresh_answer_is_accepted(path, judged):
    [folder] = [folder for folder in FOLDERS if folder.name == path.parent.name]
    task = task_of(folder)
    source, backend = source_and_backend(path)
    for seed in SEEDS:
        verdict = judged(task, source, backend, seed=seed)
        assert verdict.code == "accepted", verdict.checks
        assert verdict.score == task.max_score


@pytest.mark.parametrize("path", FRESH, ids=[f"{path.parent.name}/{path.stem}" for path in FRESH])
def test_an_answer_in_float32_says_so(path):
    source, _ = source_and_backend(path)
    uses_float32 = any(word in source for word in ("np.float32", '"f4"', ".float()"))
    assert uses_float32 == (FLOAT32_LINE in source)


def test_every_task_with_fresh_answers_has_three_of_them():
    few = {slug for slug, count in Counter(path.parent.name for path in FRESH).items() if count < 3}
    assert not few
    assert len(FRESH) >= 60
