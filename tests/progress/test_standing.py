"""Done, begun, next and later, on a small course."""

import uuid

import pytest

from lms.progress.graph import CourseNode, Graph, LessonNode, TaskNode
from lms.progress.standing import standing_of


def _task(slug, *needs):
    return TaskNode(uuid.uuid5(uuid.NAMESPACE_DNS, slug), slug, slug.title(), 1, needs)


def _lesson(name, needs=(), tasks=()):
    return LessonNode(f"maths/{name}", name.title(), tuple(f"maths/{key}" for key in needs), tuple(tasks))


READING, LOSS, DESCENT = (
    _lesson("reading"),
    _lesson("loss", tasks=[_task("squared"), _task("huber", "squared")]),
    _lesson("descent", ["reading", "loss"], [_task("batch")]),
)
GRAPH = Graph((CourseNode("maths", "Maths", (READING, LOSS, DESCENT)),))


def _states(read=(), **verdicts):
    progress = {task.id: verdicts[task.slug] for task in GRAPH.tasks if task.slug in verdicts}
    found = standing_of(GRAPH, progress, set(read))
    return {key.removeprefix("maths/"): str(state) for key, state in [*found.lessons.items(), *found.tasks.items()]}


def test_at_first_all_that_builds_on_nothing_is_next():
    assert _states() == {
        "reading": "next",
        "loss": "next",
        "descent": "later",
        "squared": "next",
        "huber": "later",
        "batch": "later",
    }


def test_a_task_that_was_tried_is_begun_with_its_lesson():
    states = _states(squared="wrong_answer")
    assert (states["squared"], states["loss"], states["huber"]) == ("begun", "begun", "later")


def test_a_lesson_is_done_when_all_its_tasks_are():
    states = _states(squared="accepted")
    assert (states["squared"], states["huber"], states["loss"]) == ("done", "next", "begun")
    assert _states(squared="accepted", huber="accepted")["loss"] == "done"


@pytest.mark.parametrize(("read", "state"), [([], "later"), (["maths/reading"], "next")])
def test_a_lesson_without_tasks_is_done_when_it_was_read(read, state):
    states = _states(read, squared="accepted", huber="accepted")
    assert (states["descent"], states["batch"]) == (state, state)


def test_reading_a_lesson_with_tasks_does_not_do_them():
    assert _states(["maths/loss"])["loss"] == "next"


def test_what_comes_later_may_be_begun_all_the_same():
    states = _states(batch="partially_accepted")
    assert (states["batch"], states["descent"]) == ("begun", "begun")
