"""What builds on what, as the files of lessons and tasks declare it."""

import pytest

from courses.catalogue import sync
from courses.models import Lesson, Task

pytestmark = pytest.mark.django_db
LESSON = '+++\ntitle = "A lesson"\nsummary = "Of something."\nprerequisites = {}\n+++\n'


@pytest.fixture
def lessons(write):
    """Return a function that writes lessons a, b, ... of one course, each with its prerequisites."""

    def make(**prerequisites):
        write("maths/course.toml", 'title = "Maths"\nsummary = "All of it."\norder = 1\n')
        for number, (name, keys) in enumerate(prerequisites.items(), start=1):
            write(f"maths/{number:02d}-{name}/lesson.md", LESSON.format(keys))

    return make


def _stored():
    return {lesson.slug: lesson.prerequisites for lesson in Lesson.objects.all()}


def test_what_a_lesson_builds_on_is_kept_in_the_order_of_the_file(lessons):
    lessons(a=[], b=["maths/a"], c=["maths/b", "maths/a"])
    assert sync().problems == []
    assert _stored() == {"a": [], "b": ["maths/a"], "c": ["maths/b", "maths/a"]}


def test_a_lesson_without_the_key_builds_on_nothing(lesson):
    assert sync().problems == []
    assert Lesson.objects.get().prerequisites == []


def test_what_no_longer_builds_on_anything_says_so(lessons):
    lessons(a=[], b=["maths/a"])
    sync()
    lessons(a=[], b=[])
    sync()
    assert _stored() == {"a": [], "b": []}


@pytest.mark.parametrize(
    ("wanted", "place", "said"),
    [
        ("maths/nothing", "01-a", "'maths/nothing' is no lesson here"),
        ("maths/a", "01-a", "'maths/a' closes a circle (maths/a builds on maths/a)"),
        (
            "maths/c",
            "03-c",
            "'maths/b' closes a circle (maths/c builds on maths/b builds on maths/a builds on maths/c)",
        ),
    ],
    ids=["unknown", "itself", "circle"],
)
def test_what_cannot_hold_is_reported_with_file_and_key_and_left_out(lessons, content, wanted, place, said):
    lessons(a=[wanted], b=["maths/a"], c=["maths/b"])
    report = sync()
    [problem] = report.problems
    assert problem.startswith(f"{content}/maths/{place}/lesson.md: prerequisites: {said}")
    assert report.lessons == 3
    assert _stored()[place[-1]] == []


@pytest.mark.parametrize("keys", ['"maths/a"', '["a"]', '["maths/a", "maths/a"]', '["Maths/A"]', "[1]"])
def test_a_list_of_anything_but_keys_leaves_the_lesson_out(lessons, write, keys):
    lessons(a=[])
    write("maths/02-b/lesson.md", LESSON.format(keys))
    report = sync()
    assert report.lessons == 1
    assert 'b/lesson.md: write prerequisites = ["course/lesson", ...], each once.' in report.problems[0]


def test_tasks_that_wait_for_each_other_are_reported(lessons, copy_task):
    lessons(a=[])
    copy_task("maths/01-a/first", prerequisites=["second"])
    copy_task("maths/01-a/second", prerequisites=["first"])
    [problem] = sync().problems
    assert "second/task.toml: prerequisites: 'first' closes a circle (second needs first needs second)" in problem
    assert Task.objects.get(slug="first").prerequisites == ["second"]
    assert Task.objects.get(slug="second").prerequisites == []


def test_a_task_may_need_one_of_an_earlier_lesson_and_none_of_a_later_one(lessons, copy_task):
    lessons(a=[], b=["maths/a"])
    copy_task("maths/01-a/early", prerequisites=["late"])
    copy_task("maths/02-b/late")
    [problem] = sync().problems
    assert "early/task.toml: prerequisites: 'late' is taught later (maths/b builds on maths/a)" in problem
    copy_task("maths/02-b/other", prerequisites=["early"])
    assert len(sync().problems) == 1
    assert Task.objects.get(slug="other").prerequisites == ["early"]


def test_what_tasks_need_orders_their_lessons_too(lessons, copy_task):
    lessons(a=[], b=[])
    copy_task("maths/01-a/one", prerequisites=["two"])
    copy_task("maths/02-b/two")
    copy_task("maths/02-b/three", prerequisites=["one"])
    [problem] = sync().problems
    assert "three/task.toml: prerequisites: 'one' is taught later (maths/a builds on maths/b)" in problem
