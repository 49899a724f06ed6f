import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.task_folders import FILES, write_task

pytestmark = pytest.mark.jail

ROOT = Path(__file__).resolve().parents[3]
RIGHT = FILES["submissions/accepted/plain.py"]
SUM = FILES["submissions/wrong_answer/sum-for-mean.py"]


@pytest.fixture
def task(tmp_path, settings):
    settings.CONTENT_DIR = tmp_path / "content"
    return write_task(settings.CONTENT_DIR / "course" / "01-lesson" / "squared-error")


@pytest.fixture
def submission(tmp_path):
    def write(text):
        path = tmp_path / "submission.py"
        path.write_text(text)
        return str(path)

    return write


def grade(*arguments):
    """Return exit status and output."""
    out = StringIO()
    try:
        call_command("grade", *arguments, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def refusal(*arguments):
    with pytest.raises(CommandError) as caught:
        call_command("grade", *arguments)
    assert caught.value.returncode == 2
    return str(caught.value)


def test_an_accepted_file_exits_with_0(task, submission):
    status, text = grade("squared-error", submission(RIGHT), "--seed", "5")
    assert status == 0
    assert text.startswith(
        "Mean squared error: accepted, 4 of 4 points\nEvery check passed.\n  passed     3 / 3    values\n"
    )
    assert "Seed 5" in text


def test_a_rejected_file_exits_with_1_and_says_why(task, submission):
    status, text = grade(str(task), submission(f"print('hi')\n{SUM}"))
    assert status == 1
    assert "wrong answer, 0 of 4 points" in text
    assert "This looks familiar (sum-for-mean): You added up.\n  What is a mean?" in text
    assert "Smallest failing case: sample case “three numbers”, check “values”" in text
    assert "  y_true float64 (3,)\n    [1, 2, 3]\n" in text
    assert "  got float64 ()\n    [4.25]\n  expected float64 ()\n    [1.4167]\n" in text
    assert "Printed:\nhi\n" in text


def test_an_exception_is_printed_with_its_lines(task, submission):
    status, text = grade("squared-error", submission(FILES["starter.py"]))
    assert status == 1
    assert "NotImplementedError: \n  line 2, in mean_squared_error: raise NotImplementedError\n" in text


def test_json_is_the_whole_verdict(task, submission):
    status, text = grade("squared-error", submission(SUM), "--json")
    verdict = json.loads(text)
    assert (status, verdict["code"]) == (1, "wrong_answer")
    assert [misconception["slug"] for misconception in verdict["misconceptions"]] == ["sum-for-mean"]


def test_what_cannot_be_graded_exits_with_2_and_one_sentence(task, submission):
    right = submission(RIGHT)
    assert "Did you mean 'squared-error'?" in refusal("square-error", right)
    assert refusal("squared-error", "/no/such/file.py") == "/no/such/file.py cannot be read: No such file or directory."
    assert refusal("squared-error", "/tmp").endswith("cannot be read: Is a directory.")
    Path(right).write_bytes(b"\xff\xfe")
    assert refusal("squared-error", right).endswith("is not UTF-8 text; give a Python file.")
    assert "at least 0" in refusal("squared-error", right, "--seed", "-1")
    (task / "hints.md").unlink()
    assert "hints.md: the file is missing" in refusal("squared-error", submission(RIGHT))


def test_a_backend_that_the_task_does_not_take_exits_with_2(task, submission):
    write_task(task, toml={'["numpy", "torch"]': '["numpy"]'})
    said = refusal("squared-error", submission(RIGHT), "--backend", "torch")
    assert said == "The task squared-error takes numpy, not torch: change --backend."


def test_it_needs_no_database_and_no_broker(task, submission, tmp_path):
    environment = {
        **os.environ,
        "BAREMATH_DATA": str(tmp_path / "data"),
        "BAREMATH_CONTENT": str(tmp_path / "content"),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
        "REDIS_URL": "redis://127.0.0.1:9/0",
    }
    command = [sys.executable, "manage.py", "grade", "squared-error", submission(RIGHT)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    command[-1] = "/no/such/file.py"
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "CommandError: /no/such/file.py cannot be read: No such file or directory.\n"


def test_what_a_submission_prints_cannot_steer_the_terminal(task, submission):
    _, output = grade(str(task), submission(f"print('\\x1b[2J\\x07' + 'seen')\n{SUM}"))
    assert "\\x1b[2J\\x07seen" in output
    assert "\x1b" not in output
