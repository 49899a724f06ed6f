import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.catalogue import CatalogueError, lesson_parts, sync
from courses.models import Course, Lesson, Task
from courses.selectors import course_list, lesson_get, task_get, task_list

pytestmark = pytest.mark.django_db


def test_what_is_on_disk_is_taught(lesson, copy_task):
    copy_task("foundations/02-loss/squared-error")
    report = sync()
    assert (report.courses, report.lessons, report.tasks, report.problems) == (1, 1, 1, [])
    found = lesson_get(course_slug="foundations", lesson_slug="loss")
    assert (found.title, found.order, found.course.title) == ("Loss", 2, "Foundations")
    assert [task.slug for task in found.tasks.all()] == ["squared-error"]
    task = task_get(slug="squared-error")
    assert task.load().entry == "mean_squared_error"
    assert task.version == task.load().version


def test_a_starter_gets_the_import_of_each_backend_unless_it_has_its_own(lesson, copy_task):
    plain, importing = copy_task("foundations/02-loss/plain"), copy_task("foundations/02-loss/importing")
    source = (plain / "starter.py").read_text()
    (importing / "starter.py").write_text(f"import math\n\n\n{source}")
    sync()
    assert task_get(slug="plain").starters == {
        "numpy": f"import numpy as np\n\n\n{source}",
        "torch": f"import torch\n\n\n{source}",
    }
    own = f"import math\n\n\n{source}"
    assert task_get(slug="importing").starters == {"numpy": own, "torch": own}


def test_reading_twice_changes_nothing(lesson, copy_task):
    copy_task("foundations/02-loss/squared-error")
    sync()
    before = list(Task.objects.values()) + list(Lesson.objects.values()) + list(Course.objects.values())
    sync()
    assert before == list(Task.objects.values()) + list(Lesson.objects.values()) + list(Course.objects.values())


def test_a_renamed_task_keeps_its_row(lesson, copy_task):
    folder = copy_task("foundations/02-loss/squared-error")
    sync()
    pk = task_get(slug="squared-error").pk
    folder.rename(folder.with_name("mse"))
    sync()
    assert task_get(slug="mse").pk == pk
    assert Task.objects.count() == 1


def test_two_tasks_can_exchange_their_names(lesson, copy_task):
    first, second = copy_task("foundations/02-loss/first"), copy_task("foundations/02-loss/second")
    sync()
    ids = task_get(slug="first").pk, task_get(slug="second").pk
    first.rename(first.with_name("aside"))
    second.rename(second.with_name("first"))
    first.with_name("aside").rename(first.with_name("second"))
    sync()
    assert (task_get(slug="second").pk, task_get(slug="first").pk) == ids


def test_a_task_gone_from_disk_is_unpublished_and_kept(lesson, copy_task):
    folder = copy_task("foundations/02-loss/squared-error")
    sync()
    pk = task_get(slug="squared-error").pk
    folder.rename(folder.parents[3] / "elsewhere")
    sync()
    assert list(task_list()) == []
    assert Task.objects.get(pk=pk).is_published is False


def test_a_slug_that_became_free_can_be_used_by_another_task(lesson, copy_task):
    folder = copy_task("foundations/02-loss/squared-error")
    sync()
    folder.rename(folder.parents[3] / "elsewhere")
    new_id = uuid.uuid4()
    copy_task("foundations/02-loss/squared-error", task_id=new_id)
    assert sync().problems == []
    assert task_get(slug="squared-error").pk == new_id


def test_lessons_and_courses_gone_from_disk_are_gone(lesson, content):
    sync()
    (content / "foundations").rename(content.parent / "elsewhere")
    sync()
    assert (Course.objects.count(), Lesson.objects.count()) == (0, 0)


def test_a_broken_folder_is_reported_and_the_rest_is_taught(lesson, write, copy_task):
    copy_task("foundations/02-loss/squared-error")
    write("foundations/02-loss/broken/task.toml", "format = 1\n")
    write("foundations/loss-without-number/lesson.md", "text")
    write("foundations/03-no-title/lesson.md", "text")
    write("other/course.toml", 'title = "Other"\nsummary = "x"\norder = "first"\n')
    write("empty/readme.md", "")
    report = sync()
    assert (report.courses, report.lessons, report.tasks) == (1, 1, 1)
    assert len(report.problems) == 5
    for part in ("/broken/", "loss-without-number", "03-no-title", "other/course.toml", "empty/course.toml"):
        assert sum(part in problem for problem in report.problems) == 1


def test_one_id_cannot_name_two_tasks(lesson, copy_task):
    task_id = uuid.uuid4()
    copy_task("foundations/02-loss/first", task_id=task_id)
    copy_task("foundations/02-loss/second", task_id=task_id)
    report = sync()
    assert report.tasks == 1
    assert str(task_id) in report.problems[0]
    assert "second" in report.problems[0]


def test_an_unknown_prerequisite_is_reported(lesson, copy_task):
    copy_task("foundations/02-loss/first", prerequisites=["no-such-task"])
    report = sync()
    assert report.tasks == 1
    assert "no-such-task" in report.problems[0]


def test_the_command_says_what_it_read_and_fails_on_problems(lesson, write):
    out = StringIO()
    call_command("read_catalogue", stdout=out)
    assert out.getvalue() == "1 courses, 1 lessons, 0 tasks.\n"
    write("foundations/02-loss/broken/task.toml", "")
    with pytest.raises(CommandError, match="broken"):
        call_command("read_catalogue", stdout=out)


def test_a_missing_content_folder_unpublishes_nothing(lesson, content):
    sync()
    content.rename(content.parent / "elsewhere")
    with pytest.raises(CommandError, match="BAREMATH_CONTENT"):
        call_command("read_catalogue")
    assert Lesson.objects.count() == 1


def test_front_matter_is_separated_from_the_text(lesson, content):
    described, body = lesson_parts(content / "foundations/02-loss")
    assert described == {"title": "Loss", "summary": "How wrong."}
    assert body == "## Why\n"
    with pytest.raises(CatalogueError, match=r"lesson\.md: the file is missing"):
        lesson_parts(content)


def test_the_catalogue_is_read_in_three_queries(lesson, copy_task, django_assert_num_queries):
    copy_task("foundations/02-loss/squared-error")
    sync()
    with django_assert_num_queries(3):
        titles = [task.title for course in course_list() for x in course.lessons.all() for task in x.tasks.all()]
    assert len(titles) == 1
