"""What the lessons claim is recomputed: every example that shows a result is run."""

import doctest
import re
import runpy

import numpy as np
import pytest
from django.conf import settings
from sklearn.datasets import load_digits

LESSONS = {path.parent.name: path for path in sorted(settings.CONTENT_DIR.glob("*/*/lesson.md"))}
CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", LESSONS)
def test_the_examples_of_a_lesson_give_what_it_prints(name):
    code = "\n".join(CODE.findall(LESSONS[name].read_text(encoding="utf-8")))
    examples = doctest.DocTestParser().get_doctest(code, {}, name, str(LESSONS[name]), 0)
    said = []
    result = doctest.DocTestRunner().run(examples, out=said.append)
    assert result.attempted >= 1, "a lesson has at least one worked example"
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_shows_a_figure_with_a_caption_and_names_no_missing_one(name):
    figures = re.findall(r"^!\[(.*?)\]\((.*?)\)$", LESSONS[name].read_text(encoding="utf-8"), re.MULTILINE)
    assert figures
    for caption, file in figures:
        assert len(caption) > 30
        # What moves is a script of the site: tests/web/test_see.py
        assert file.startswith("see:") or (LESSONS[name].parent / file).is_file()


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_leads_to_each_of_its_tasks(name):
    tasks = {path.parent.name for path in LESSONS[name].parent.glob("*/task.toml")}
    linked = re.findall(r"\]\(/tasks/([a-z0-9-]+)/\)", LESSONS[name].read_text(encoding="utf-8"))
    assert set(linked) == tasks


def test_the_digit_in_the_lesson_on_convolution_is_a_real_one():
    figure = runpy.run_path(str(LESSONS["01-convolution"].parent / "figure.py"))
    np.testing.assert_array_equal(figure["ONE"], load_digits().images[1])
