"""What goes on between a watch.py and a learner's program in the real jail."""

import json

import pytest

from grader.judge import JudgeError, watch

pytestmark = pytest.mark.jail

WATCH = """\
import numpy as np

from courses.pictures import Ask, Axis, Curve, Dot, Frame, Scene

title = "Losses"
description = "One loss after the other."
choices = {"count": ("How many", {"three": 3, "nine": 9}, "three")}


def watch(rng, count):
    yield Scene({"loss": Curve("Loss", Axis("call", 1, count), "loss")}, ("Loss",), frames=count)
    x = rng.normal(size=4)
    for n in range(1, count + 1):
        loss = yield Ask({"y_true": x, "y_pred": x + n}, shapes=[()])
        yield Frame(f"call {n}", {"Loss": loss}, {"loss": Dot(n, loss)})
    return "That was all."
"""
RIGHT = "def mean_squared_error(y_true, y_pred):\n    return ((y_true - y_pred) ** 2).mean()\n"


FAILING = """\
n = 0
def mean_squared_error(y_true, y_pred):
    global n; n += 1
    if n == {at}:
        {deed}
    return ((y_true - y_pred) ** 2).mean()
"""


def failing(deed, at=2):
    """Return a solution that is right until its call number `at`."""
    return FAILING.format(deed=deed, at=at)


@pytest.fixture
def watched(make_task, sandboxes):
    """Return a function that watches a source and gives the ending and what was told."""

    def watched(source=RIGHT, *, file=WATCH, chosen=None, tell=None):
        task = make_task({"watch.py": file})
        told = []
        values = task.watch.values(chosen or {})
        return watch.watch(task, source, sandboxes("numpy"), values, tell or told.append), told

    return watched


def test_frames_come_from_what_the_program_returned(watched):
    ending, (scene, *frames) = watched()
    assert list(scene["pictures"]) == ["loss"]
    assert [frame["label"] for frame in frames] == ["call 1", "call 2", "call 3"]
    assert [frame["parts"]["loss"] for frame in frames] == [{"x": n, "y": [n**2]} for n in (1, 2, 3)]
    assert (ending.code, ending.text, ending.calls) == ("finished", "That was all.", 3)
    assert json.loads(json.dumps(ending.as_dict()))["cpu_s"] >= 0


def test_what_is_chosen_reaches_it(watched):
    assert len(watched(chosen={"count": "nine"})[1]) == 10


def test_a_frame_is_told_before_the_next_call_is_made(watched):
    """A program that dies in its second call has shown its first one."""
    ending, told = watched(failing("import os; os._exit(3)"))
    assert [item.get("label") for item in told] == [None, "call 1"]
    assert ending.code == "stopped"
    assert "exit code 3" in ending.text


def test_an_error_is_told_with_its_line_and_with_what_it_was_called(watched):
    ending, told = watched(failing("return y_true[99]"))
    assert len(told) == 2
    assert ending.text.startswith("Your code raised IndexError in line 5: index 99 is out of bounds")
    assert ending.error["trace"] == [{"line": 5, "function": "mean_squared_error", "text": "return y_true[99]"}]
    assert ending.where == "This was after call 1, in a call with y_true of shape (4,), y_pred of shape (4,)."
    assert ending.calls == 2


def test_an_error_in_the_first_call_is_at_the_beginning(watched):
    ending, _ = watched(failing("return y_true[99]", at=1))
    assert ending.where.startswith("This was at the very beginning, in a call with y_true of")


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("return None", "Nothing was returned (None)"),
        ("return 'much'", "Text was returned"),
        ("return y_true", "has shape (4,), expected ()"),
        ("return y_true.sum() * 1j", "is complex"),
        ("return object()", "stands for no numbers"),
        ("while True: pass", "computed for more than"),
        ("keep = [bytes(2**20) for _ in range(10**5)]", "memory"),
        ("while True: print('x' * 10**4)", "printed more than"),
        ("import socket; socket.socket()", "something it may not have"),
    ],
)
def test_whatever_else_goes_wrong_ends_it_with_a_sentence(watched, monkeypatch, deed, said):
    monkeypatch.setattr(watch, "CPU_S", 0.5)
    ending, told = watched(failing(deed))
    assert (ending.code, len(told)) == ("stopped", 2)
    assert said in ending.text


def test_code_that_cannot_be_imported_is_stopped_before_any_call(watched):
    ending, _ = watched("import nothing_of_that_name\n")
    assert ending.text.startswith("Your code raised ModuleNotFoundError in line 1")
    assert (ending.where, ending.calls) == ("This was at the very beginning.", 0)


def test_a_result_of_one_element_may_have_any_shape(watched):
    ending, _ = watched("import numpy as np\ndef mean_squared_error(y_true, y_pred): return np.ones((1, 1))\n")
    assert ending.code == "finished"


def test_what_takes_too_long_on_our_side_ends_too(watched, monkeypatch):
    monkeypatch.setattr(watch, "WALL_S", 0.2)
    slow = WATCH.replace("    x = rng", "    import time; time.sleep(0.3)\n    x = rng")
    ending, _ = watched(file=slow)
    assert ending.text.startswith("The 0.2 seconds that this may take are over.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("loss = yield", "1 / 0\n        loss = yield", "ZeroDivisionError"),
        ("frames=count)", "frames=2)", "more frames come than the 2 of the scene"),
        ("shapes=[()]", "shapes=[(), ()]", "1 outputs need as many shapes, not 2"),
        ('{"Loss": loss}', '{"Loss": "x" * 9000}', "at most 8192"),
        ('{"Loss": loss}', '{"loss": loss}', "no fact 'loss'. Did you mean 'Loss'"),
        ('{"loss": Dot', '{"lost": Dot', "Did you mean 'loss'"),
        ("yield Scene", "yield 3 or Scene", "yield one Scene"),
        ('"y_pred": x + n}', '"y_pred": object()}', "cannot be sent"),
    ],
)
def test_what_watch_py_gets_wrong_is_ours(watched, old, new, said):
    assert old in WATCH
    with pytest.raises(Exception, match=said) as raised:
        watched(file=WATCH.replace(old, new))
    assert type(raised.value).__name__ in {"JudgeError", "SandboxError"}


def test_a_listener_that_fails_ends_the_program_and_leaves_the_jail(sandboxes, watched):
    watched()
    openings = sandboxes("numpy").metrics.openings

    def gone(_item):
        raise ConnectionError("nobody listens")

    with pytest.raises(ConnectionError):
        watched(tell=gone)
    assert watched()[0].code == "finished"
    assert sandboxes("numpy").metrics.openings == openings


def test_a_first_look_needs_no_program(make_task):
    assert watch.first_look(make_task({"watch.py": WATCH}), {"count": 3})["frames"] == 3


def test_a_task_that_has_nothing_to_watch_is_refused(make_task):
    with pytest.raises(JudgeError, match="nothing to watch"):
        watch.first_look(make_task(), {})
