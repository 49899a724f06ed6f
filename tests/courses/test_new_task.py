import contextlib
import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.task_format import load_task
from tests.task_folders import write_task

PLACE = "a-course/01-a-lesson/mean-size"


@pytest.fixture
def content(tmp_path, settings):
    """A content folder with one lesson and no task."""
    settings.CONTENT_DIR = tmp_path / "content"
    lesson = settings.CONTENT_DIR / "a-course" / "01-a-lesson"
    lesson.mkdir(parents=True)
    (settings.CONTENT_DIR / "a-course" / "course.toml").touch()
    (lesson / "lesson.md").touch()
    return settings.CONTENT_DIR


def new_task(place=PLACE, *options):
    call_command("new_task", place, *options, stdout=StringIO())


def certified():
    """Certify all tasks and return what is said of the one there is."""
    out = StringIO()
    with contextlib.suppress(SystemExit):
        call_command("certify", "--json", "--jobs", "1", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())["mean-size"]


@pytest.mark.jail
def test_a_new_task_certifies_but_for_what_is_left_to_do(content):
    new_task()
    folder = content / PLACE
    [problem] = certified()["problems"]
    assert problem.startswith("texts: something is left to do (TODO): cases.py, line 1; hints.md, line 2")
    for path in folder.rglob("*.*"):
        path.write_text(re.sub(r"# TODO.*\n|TODO: ?", "", path.read_text()))
    certificate = certified()
    assert certificate["problems"] == []
    assert (certificate["accepted"], certificate["wrong"], certificate["degenerate"]) == ("4/4", "4/4", "20/20")


def test_it_has_an_id_a_name_and_backends_of_its_own(content):
    new_task(PLACE, "--entry", "mean_size", "--backends", "numpy")
    new_task(PLACE.replace("mean-size", "other-size"))
    task, other = (load_task(content / "a-course" / "01-a-lesson" / slug) for slug in ("mean-size", "other-size"))
    assert (task.title, task.entry, task.backends) == ("Mean size", "mean_size", ("numpy",))
    assert (other.title, other.entry, other.backends) == ("Other size", "other_size", ("numpy", "torch"))
    assert task.id != other.id
    assert task.reference == "mlcore.losses:mean_absolute_error"
    assert {variant.backend for variant in task.accepted_variants} == {"numpy"}


@pytest.mark.parametrize(
    ("place", "options", "words"),
    [
        ("mean-size", (), "write course/NN-lesson/slug in kebab-case"),
        ("a-course/01-a-lesson/Mean_Size", (), "write course/NN-lesson/slug in kebab-case"),
        ("a-course/a-lesson/mean-size", (), "write course/NN-lesson/slug in kebab-case"),
        ("a-curse/01-a-lesson/mean-size", (), "Did you mean 'a-course'?"),
        ("a-course/01-a-leson/mean-size", (), "Did you mean '01-a-lesson'?"),
        (PLACE, ("--entry", "mean-size"), "'mean-size' is no name in Python"),
        (PLACE, ("--entry", "lambda"), "'lambda' is no name in Python"),
        (PLACE, ("--backends", "torch"), "its wrong answers are written in NumPy"),
        ("a-course/01-a-lesson/there-already", (), "is there already"),
        ("a-course/02-b-lesson/there-already", (), "has this name already"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(content, place, options, words):
    write_task(content / "a-course" / "01-a-lesson" / "there-already")
    (content / "a-course" / "02-b-lesson").mkdir()
    (content / "a-course" / "02-b-lesson" / "lesson.md").touch()
    before = sorted(content.rglob("*"))
    with pytest.raises(CommandError, match=re.escape(words)):
        new_task(place, *options)
    assert sorted(content.rglob("*")) == before
