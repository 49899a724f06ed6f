"""docs/grading.md names all that there is."""

from pathlib import Path

import pytest

from courses.task_checks import KEYS, SPEED_CLASSES
from grader.judge.precedence import PRECEDENCE
from grader.judge.verdict import CheckResult, VerdictCode

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "grading.md").read_text("utf-8")


def rows(heading):
    """Return the tables of a section as lists of cells."""
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"][
        2:
    ]


def test_every_kind_is_told_with_its_keys():
    told = {
        kind.strip("`"): tuple(keys.replace("`", "").split(", ")) if keys else ()
        for kind, _, keys in rows("Kinds of check")[:8]
    }
    assert told == KEYS


def test_the_verdicts_are_told_in_the_order_in_which_they_win():
    told = [name.strip("`") for verdicts, _ in rows("Which verdict wins") for name in verdicts.split(", ")]
    assert told == [code.value for _, code, _ in PRECEDENCE]
    assert {*told, "internal_error"} == {code.value for code in VerdictCode}


@pytest.mark.parametrize(
    "category", CheckResult.__doc__.partition("failed: ")[2].rstrip(". \n").replace("\n", " ").split(", ")
)
def test_every_category_is_told(category):
    assert f"`{category.strip()}`" in PAGE


def test_the_classes_of_speed_are_told():
    assert "{}, {} and {} times".format(*SPEED_CLASSES) in PAGE
