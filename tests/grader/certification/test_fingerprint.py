import pytest

import mlcore
from courses.task_format import load_task
from grader.certification import fingerprint
from tests.task_folders import CASES, write_task


@pytest.fixture
def print_of(tmp_path):
    def print_of(files=None):
        return fingerprint(load_task(write_task(tmp_path / "a-task", files)))

    return print_of


def test_it_is_the_same_as_long_as_nothing_changes(print_of):
    assert print_of() == print_of({".notes.md": "Later.\n", "__pycache__/cases.pyc": "x"})


@pytest.mark.parametrize("name", ["hints.md", "submissions/accepted/plain.py", "submissions/accepted/another.py"])
def test_it_changes_with_every_file_of_the_folder(print_of, name):
    assert print_of() != print_of({name: "## Another\nHint.\n" if name == "hints.md" else "x = 1\n"})


def test_it_changes_with_the_reference(tmp_path):
    one = load_task(write_task(tmp_path / "a-task"))
    other = load_task(write_task(tmp_path / "a-task", toml={"losses:mean_squared": "losses:mean_absolute"}))
    assert fingerprint(one) != fingerprint(other)


def test_it_changes_with_the_modules_that_cases_import(print_of, tmp_path, monkeypatch):
    monkeypatch.setattr(mlcore, "__path__", [*mlcore.__path__, str(tmp_path)])
    (tmp_path / "made_up.py").write_text("from mlcore.made_up_too import one\n")
    (tmp_path / "made_up_too.py").write_text("one = 1\n")
    cases = {"cases.py": f"from mlcore.made_up import one\n{CASES}"}
    before = print_of(cases)
    (tmp_path / "made_up_too.py").write_text("one = 2\n")
    assert print_of(cases) != before
