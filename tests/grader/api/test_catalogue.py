import pytest

from courses.catalogue import lesson_parts
from courses.models import Course, Lesson, Task
from courses.selectors import task_list
from grader.selectors import TaskState, tasks_in_state
from tests.grader.api.client import API, assert_problem, client_of, listed
from tests.grader.conftest import accepted

pytestmark = pytest.mark.django_db
TASKS = f"{API}tasks/"


def test_courses_name_their_lessons_and_tasks(client, catalogue):
    courses = client.get(f"{API}courses/").json()["results"]
    assert [each["slug"] for each in courses] == list(Course.objects.values_list("slug", flat=True))
    one = client.get(courses[2]["url"]).json()
    assert one == courses[2]
    lessons = Lesson.objects.filter(course__slug=one["slug"])
    assert one["lessons"] == [
        {
            "slug": lesson.slug,
            "url": f"http://testserver/api/v1/courses/{one['slug']}/lessons/{lesson.slug}/",
            "title": lesson.title,
            "tasks": list(lesson.tasks.filter(is_published=True).values_list("slug", flat=True)),
        }
        for lesson in lessons
    ]


def test_a_lesson_has_its_text_and_what_it_builds_on(client, catalogue):
    lesson = Lesson.objects.get(slug="backpropagation")
    body = client.get(f"{API}courses/neural-networks/lessons/backpropagation/").json()
    _, text = lesson_parts(lesson.folder)
    assert (body["title"], body["course"], body["markdown"]) == (lesson.title, "neural-networks", text)
    assert body["builds_on"] == lesson.prerequisites
    assert body["tasks"] == list(lesson.tasks.values_list("slug", flat=True))


def test_lessons_are_listed_in_the_order_of_teaching(client, catalogue):
    assert listed(client, f"{API}lessons/", "slug", page_size=100) == list(
        Lesson.objects.values_list("slug", flat=True)
    )
    own = list(Lesson.objects.filter(course__slug="neural-networks").values_list("slug", flat=True))
    assert listed(client, f"{API}lessons/", "slug", course="neural-networks") == own


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("courses/nope/", "course"),
        ("tasks/nope/", "task"),
        ("courses/neural-networks/lessons/loss-functions/", "lesson"),  # of another course
        ("courses/nope/lessons/backpropagation/", "lesson"),
    ],
)
def test_what_is_not_taught_is_told_where_to_look(client, catalogue, address, kind):
    detail = f"There is no such {kind}. /api/v1/{kind}s/ lists them."
    assert_problem(client.get(f"{API}{address}"), 404, detail=detail)


def test_tasks_can_be_read_without_an_account(client, catalogue):
    tasks = client.get(TASKS).json()["results"]
    assert [each["slug"] for each in tasks] == list(task_list().values_list("slug", flat=True))
    assert {each["state"] for each in tasks} == {None}
    body = client.get(f"{TASKS}mean-squared-error/").json()
    assert (body["entry"], body["backends"]) == ("mean_squared_error", ["numpy", "torch"])
    assert body["limits"] == {"cpu_s": 2.0, "memory_mib": 256}
    assert {backend: source.split("(")[0] for backend, source in body["starters"].items()} == {
        "numpy": "import numpy as np\n\n\ndef mean_squared_error",
        "torch": "import torch\n\n\ndef mean_squared_error",
    }
    assert sum(check["points"] for check in body["checks"]) == body["max_score"]


def test_the_tasks_come_page_by_page_in_the_order_of_teaching(client, catalogue):
    slugs, address = [], f"{TASKS}?page_size=7&backend=torch"
    while address:
        page = client.get(address).json()
        slugs += [each["slug"] for each in page["results"]]
        address = page["next"]
    assert slugs == [task.slug for task in task_list() if "torch" in task.backends]
    before = client.get(page["previous"]).json()["results"]
    assert [each["slug"] for each in before] == slugs[-len(page["results"]) - 7 : -len(page["results"])]


@pytest.mark.parametrize(
    ("query", "belongs"),
    [
        ({"course": "neural-networks"}, lambda task: task.lesson.course.slug == "neural-networks"),
        ({"lesson": "loss-functions"}, lambda task: task.lesson.slug == "loss-functions"),
        ({"difficulty": "3"}, lambda task: task.difficulty == 3),
        ({"backend": "torch"}, lambda task: "torch" in task.backends),
        ({"concept": "convolution"}, lambda task: "convolution" in task.concepts),
    ],
)
def test_tasks_can_be_narrowed_down(client, catalogue, query, belongs):
    expected = [task.slug for task in task_list() if belongs(task)]
    assert 0 < len(expected) < Task.objects.count()
    assert listed(client, TASKS, "slug", **query) == expected


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("course", "nope", "neural-networks"),
        ("lesson", "nope", "loss-functions"),
        ("difficulty", "9", "1, 2, 3, 4, 5"),
        ("backend", "jax", "numpy, torch"),
        ("concept", "nope", "convolution"),
        ("state", "nope", "done, begun, open"),
    ],
)
def test_a_value_that_is_not_allowed_is_told_what_is(client, catalogue, name, value, allowed):
    problem = assert_problem(client.get(TASKS, {name: value}), 400)
    assert problem["detail"].startswith(f"“{value}” is not allowed here: give one of ")
    assert allowed in problem["detail"]


def test_who_sends_a_token_reads_how_far_they_are(api, catalogue, make_graded, other_learner):
    conv, mse = (Task.objects.get(slug=slug) for slug in ("conv2d-forward", "mean-squared-error"))
    make_graded(accepted(), task=conv)
    make_graded(task=conv)  # later, and wrong: what was accepted stays done
    make_graded(task=mse)
    make_graded(accepted(), task=mse, user=other_learner)
    states = {each["slug"]: each["state"] for each in api.get(TASKS).json()["results"]}
    told = dict.fromkeys(states, "open") | {"conv2d-forward": "done", "mean-squared-error": "begun"}
    assert states == told
    for state in TaskState:
        assert listed(api, TASKS, "slug", state=state) == [slug for slug in states if told[slug] == state]
    assert api.get(f"{TASKS}conv2d-forward/").json()["state"] == "done"


def test_only_who_signs_in_has_a_state(client, catalogue):
    response = client.get(TASKS, {"state": "done"})
    assert_problem(response, 401)
    assert response.headers["WWW-Authenticate"] == "Token"


def test_every_task_is_in_one_state(learner, catalogue, make_graded):
    make_graded(accepted())
    counts = [tasks_in_state(task_list(), learner, state).count() for state in TaskState]
    assert counts == [1, 0, Task.objects.count() - 1]


@pytest.mark.parametrize(
    ("address", "queries"),
    [("courses/", 3), ("courses/neural-networks/", 3), ("lessons/", 2), ("tasks/", 1), ("tasks/hebb-rule/", 1)],
)
def test_the_catalogue_is_read_in_a_few_queries(client, catalogue, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        assert client.get(f"{API}{address}").status_code == 200


def test_the_states_of_all_tasks_are_one_query(learner, catalogue, broker, django_assert_num_queries):
    api = client_of(learner)
    with django_assert_num_queries(3):  # the token and its user, the tasks; the verdicts
        api.get(TASKS)


def test_our_own_failure_is_a_problem_and_tells_nothing(api, task, submission, settings, tmp_path, caplog):
    settings.CONTENT_DIR = tmp_path / "gone"
    problem = assert_problem(api.get(f"{TASKS}mean-squared-error/"), 500)
    assert "gone" not in problem["detail"]
    assert "failed" in caplog.text
