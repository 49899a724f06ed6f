"""The learner's code: numbered, annotated, compared."""

import pytest

from lms.web.code import code_lines, compare

ERROR = {
    "type": "ValueError",
    "message": "shapes do not fit\nat all",
    "trace": [{"line": 1, "function": "f", "text": ""}, {"line": 3, "function": "g", "text": ""}],
}


def changes(old, new):
    return [(change.sign, change.old, change.new) for stretch in compare(old, new) for change in stretch.lines]


def test_the_lines_of_a_traceback_say_what_happened_in_them():
    assert [line.note for line in code_lines("a\nb\nc\n", ERROR)] == [
        "called from here",
        "",
        "ValueError: shapes do not fit",
    ]
    assert [line.note for line in code_lines("a\nb")] == ["", ""]


def test_a_line_that_calls_itself_says_where_it_ended():
    deep = ERROR | {"trace": [{"line": 2}, {"line": 2}]}
    assert [line.note for line in code_lines("a\nb\n", deep)] == ["", "ValueError: shapes do not fit"]


def test_a_long_message_is_cut():
    [line] = code_lines("a", {"type": "E", "message": "x" * 500, "trace": [{"line": 1}]})
    assert len(line.note) == 90


def test_an_error_outside_of_the_code_marks_no_line():
    assert [line.note for line in code_lines("a\n", {"type": "E", "message": "", "trace": []})] == [""]


def test_what_was_taken_out_stands_before_what_was_put_in():
    assert changes("a\nb\nc\n", "a\nB\nc\nd\n") == [
        (" ", 1, 1),
        ("-", 2, None),
        ("+", None, 2),
        (" ", 3, 3),
        ("+", None, 4),
    ]
    assert changes("a", "a") == [(" ", 1, 1)]


def test_within_a_line_the_words_that_changed_are_marked():
    removed, added = compare("y = x + 1", "y = x + 20")[0].lines
    assert (removed.parts, added.parts) == (
        [("y = x + ", False), ("1", True)],
        [("y = x + ", False), ("20", True)],
    )


def test_lines_with_little_in_common_are_marked_as_a_whole():
    removed, added = compare("import numpy", "return 1 + 2")[0].lines
    assert (removed.parts, added.parts) == ([("import numpy", False)], [("return 1 + 2", False)])


@pytest.mark.parametrize(("around", "folded"), [(20, [17, 17]), (7, [4, 4]), (6, []), (0, [])])
def test_unchanged_lines_far_from_a_change_are_folded(around, folded):
    above, below = ([f"{name}{number}" for number in range(around)] for name in "ab")
    old, new = ("\n".join([*above, changed, *below]) for changed in ("old", "new"))
    assert [len(stretch.lines) for stretch in compare(old, new) if stretch.is_folded] == folded


def test_no_line_is_lost_in_folding():
    old = "\n".join(str(number) for number in range(100))
    new = old.replace("50", "fifty")
    lines = [line for stretch in compare(old, new) for line in stretch.lines]
    assert [line.old for line in lines if line.sign != "+"] == list(range(1, 101))
    assert [line.new for line in lines if line.sign != "-"] == list(range(1, 101))
