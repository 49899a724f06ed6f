"""What holds for every list and every answer: pages, order, fields, ETags."""

import base64

import pytest

from tests.grader.api.client import API, SUBMISSIONS, assert_problem, client_of, listed

pytestmark = pytest.mark.django_db


def cursor(position):
    return base64.b64encode(f"p={position}".encode()).decode()


def test_a_page_is_as_large_as_asked(api, make_submission):
    made = [str(make_submission().pk) for _ in range(5)]
    first = api.get(SUBMISSIONS, {"page_size": 2}).json()
    second = api.get(first["next"]).json()
    assert [each["id"] for each in first["results"] + second["results"]] == made[:0:-1]
    assert api.get(second["previous"]).json()["results"] == first["results"]
    assert first["previous"] is None


def test_a_list_by_time_can_begin_with_the_oldest(api, make_submission):
    made = [str(make_submission().pk) for _ in range(3)]
    assert listed(api, SUBMISSIONS, ordering="created") == made
    assert listed(api, SUBMISSIONS, ordering="-created") == made[::-1]
    first = api.get(SUBMISSIONS, {"ordering": "created", "page_size": 2}).json()
    assert listed(api, first["next"]) == made[2:]


def test_what_comes_in_meanwhile_is_on_no_later_page(api, make_submission):
    made = [str(make_submission().pk) for _ in range(4)]
    first = api.get(SUBMISSIONS, {"page_size": 2}).json()
    make_submission()
    assert listed(api, first["next"]) == made[1::-1]


@pytest.mark.parametrize("size", ["0", "101", "-1", "many", "", "9" * 5000, "٣"])
def test_a_size_that_no_page_has_is_refused(api, size):
    detail = f"“{size}” is not a size of a page: give a whole number from 1 to 100."
    assert_problem(api.get(SUBMISSIONS, {"page_size": size}), 400, detail=detail)


def test_an_order_that_there_is_not_is_refused(api):
    detail = "“score” is not an order of this list: give one of created, -created."
    assert_problem(api.get(SUBMISSIONS, {"ordering": "score"}), 400, detail=detail)


@pytest.mark.parametrize("name", ["task", "verdict", "created_before"])
def test_a_filter_without_a_value_is_refused(api, name):
    detail = "It has no value: give one, or leave it away."
    assert_problem(api.get(SUBMISSIONS, {name: ""}), 400, errors=[{"pointer": f"#/{name}", "detail": detail}])


@pytest.mark.parametrize("address", ["submissions/", "tasks/", "courses/", "lessons/"])
@pytest.mark.parametrize("sent", ["nonsense", "é", cursor("x\0"), cursor("9999-12-31 23:59:59-23:59"), cursor("1.5.")])
def test_a_cursor_that_nobody_gave_is_refused(api, catalogue, address, sent):
    detail = "There is no page of that name: follow `next` and `previous` of a page as they are."
    assert_problem(api.get(f"{API}{address}", {"cursor": sent}), 404, detail=detail)


@pytest.mark.parametrize("address", ["tasks/", "courses/", "lessons/"])
def test_after_a_number_larger_than_any_there_is_nothing(api, catalogue, address):
    assert listed(api, f"{API}{address}", cursor=cursor("9" * 30)) == []


def test_only_the_fields_that_were_asked_for_come(api, graded):
    [entry] = api.get(SUBMISSIONS, {"fields": "id,status"}).json()["results"]
    assert entry == {"id": str(graded.pk), "status": "graded"}
    one = api.get(f"{SUBMISSIONS}{graded.pk}/", {"fields": "verdict, runs"}).json()
    assert list(one) == ["verdict", "runs"]
    assert [run["number"] for run in one["runs"]] == [1]


def test_the_field_of_a_task_that_is_not_asked_for_costs_nothing(learner, catalogue, broker, django_assert_num_queries):
    api = client_of(learner)
    with django_assert_num_queries(2):  # the token and its user, the tasks
        assert len(listed(api, f"{API}tasks/", "slug", fields="slug")) == 24


@pytest.mark.parametrize("fields", ["id,nope", "id,,nope", "nope"])
def test_a_field_that_there_is_not_is_refused_with_those_that_there_are(api, graded, fields):
    problem = assert_problem(api.get(SUBMISSIONS, {"fields": fields}), 400)
    assert problem["detail"].endswith(
        "The fields are: id, url, task, backend, status, verdict, score, max_score, created."
    )
    assert "“nope”" in problem["detail"]


def test_every_read_says_by_its_tag_whether_it_is_as_it_was(api, graded, catalogue):
    addresses = [
        "courses/", "courses/neural-networks/", "courses/neural-networks/lessons/backpropagation/", "lessons/",
        "tasks/", "tasks/hebb-rule/", "submissions/", f"submissions/{graded.pk}/", f"submissions/{graded.pk}/source/",
        f"submissions/{graded.pk}/runs/", f"submissions/{graded.pk}/runs/1/", "me/", "progress/",
    ]  # fmt: skip
    for address in addresses:
        first = api.get(f"{API}{address}")
        assert first.headers["Cache-Control"] == "private, no-cache", address
        again = api.get(f"{API}{address}", HTTP_IF_NONE_MATCH=first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b""), address


def test_a_list_with_something_new_has_another_tag(api, make_submission):
    before = api.get(SUBMISSIONS).headers["ETag"]
    make_submission()
    assert api.get(SUBMISSIONS, HTTP_IF_NONE_MATCH=before).status_code == 200
