import pytest

from courses.task_format import TaskFormatError, load_task
from courses.task_watch import Choice
from tests.task_folders import write_task

WATCH = """\
title = "A loss that falls"
description = "Three numbers."
choices = {"lr": ("Learning rate", {"small": 0.1, "large": 2.0}, "small")}


def watch(rng, lr):
    yield None
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "squared-error"


def watch_of(folder, source):
    return load_task(write_task(folder, {"watch.py": source})).watch


def refusal(folder, old, new):
    assert old in WATCH
    with pytest.raises(TaskFormatError) as caught:
        watch_of(folder, WATCH.replace(old, new))
    return str(caught.value)


def test_a_task_without_the_file_has_nothing_to_watch(folder):
    assert load_task(write_task(folder)).watch is None


def test_title_description_and_choices_are_read_without_running_the_file(folder):
    watch = watch_of(folder, WATCH + "\nraise SystemExit\n")
    assert (watch.title, watch.description) == ("A loss that falls", "Three numbers.")
    assert watch.choices == (Choice("lr", "Learning rate", (("small", 0.1), ("large", 2.0)), "small"),)


def test_what_is_chosen_becomes_the_arguments(folder):
    watch = watch_of(folder, WATCH)
    assert watch.values({"lr": "large"}) == {"lr": 2.0}
    assert watch.values({}) == watch.values({"lr": "", "other": "x"}) == {"lr": 0.1}
    with pytest.raises(ValueError, match="Learning rate: '3' is not among small, large"):
        watch.values({"lr": "3"})


def test_the_task_can_still_be_a_key_of_a_cache(folder):
    task = load_task(write_task(folder, {"watch.py": WATCH}))
    assert {task: 1}[task] == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "A loss that falls"', "", "defines no 'title'"),
        ('title = "A loss that falls"', 'title = " "', "title: is ' '"),
        ('description = "Three numbers."', "description = 3", "description: is 3"),
        ('description = "Three numbers."', "description = str(3)", "description: write it as a literal"),
        ("def watch(rng, lr)", "def watch(rng)", "write `def watch(rng, lr)`"),
        ("def watch(rng, lr)", "def see(rng, lr)", "defines no 'watch'"),
        ('{"small": 0.1, "large": 2.0}', '{"small": 0.1}', "choices, lr"),
        ('2.0}, "small")', '2.0}, "medium")', "choices, lr"),
        ('("Learning rate", {"small": 0.1, "large": 2.0}, "small")', '["small"]', "choices, lr"),
        ('{"small": 0.1, "large": 2.0}', "[1, 2]", "choices, lr"),
    ],
)
def test_what_would_not_work_later_is_refused(folder, old, new, said):
    sentence = refusal(folder, old, new)
    assert "watch.py" in sentence
    assert said in sentence
