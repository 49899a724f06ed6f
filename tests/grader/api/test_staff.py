import json
import uuid

import pytest
from django.contrib.auth.models import Permission

from courses.selectors import task_list
from grader.certified import record_path
from grader.models import Submission
from tests.grader.api.client import API, assert_problem, client_of, listed
from tests.grader.conftest import SOURCE, claim

pytestmark = pytest.mark.django_db
STAFF = f"{API}staff/submissions/"
CERTIFICATION = f"{API}staff/certification/"


def test_staff_read_everybodys_submissions(staff_api, graded, make_submission, other_learner):
    other = make_submission(user=other_learner)
    body = staff_api.get(STAFF).json()["results"]
    assert [(each["id"], each["user"]) for each in body] == [(str(other.pk), "emmy"), (str(graded.pk), "ada")]
    one = staff_api.get(body[1]["url"]).json()
    assert body[1]["url"] == f"http://testserver{STAFF}{graded.pk}/"
    assert (one["user"], one["source"], one["verdict"], len(one["runs"])) == ("ada", SOURCE, "wrong_answer", 1)
    assert listed(staff_api, STAFF, user="emmy") == [str(other.pk)]
    assert listed(staff_api, STAFF, verdict="wrong_answer") == [str(graded.pk)]


def test_staff_see_what_waits_in_a_queue(staff_api, graded, make_submission):
    make_submission()
    staff_api.post(f"{STAFF}{graded.pk}/regrade/")
    assert listed(staff_api, STAFF, queue="regrade") == [str(graded.pk)]
    assert staff_api.get(f"{STAFF}{graded.pk}/").json()["queue"] == "regrade"


@pytest.mark.parametrize(("part", "queries"), [("", 4), ("{id}/", 5)])
def test_staff_read_them_in_a_few_queries(staff_api, make_graded, django_assert_num_queries, part, queries):
    graded, *_ = [make_graded() for _ in range(3)]
    with django_assert_num_queries(queries):  # the token and its user; permissions; a page, and grading runs
        assert staff_api.get(f"{STAFF}{part.format(id=graded.pk)}").status_code == 200


def test_the_list_for_staff_does_not_read_sources_and_feedback(staff_api, graded, django_assert_num_queries):
    with django_assert_num_queries(4) as asked:
        staff_api.get(STAFF)
    assert [query["sql"] for query in asked if '"source"' in query["sql"] or '"result"' in query["sql"]] == []


def test_staff_have_a_submission_graded_again(staff_api, graded):
    response = staff_api.post(f"{STAFF}{graded.pk}/regrade/")
    url = f"http://testserver{STAFF}{graded.pk}/"
    assert (response.status_code, response.headers["Location"], response.headers["Retry-After"]) == (202, url, "1")
    assert response.json() == {"id": str(graded.pk), "url": url, "status": "paused"}  # no worker runs here
    assert staff_api.get(url).headers["Retry-After"] == "1"
    again = Submission.objects.get()
    assert (again.status, again.run_number) == ("queued", 2)


def test_what_is_not_graded_yet_cannot_be_graded_again(staff_api, submission):
    detail = "This submission is not graded yet: it cannot be graded again before its verdict is there."
    for _ in range(2):
        assert_problem(staff_api.post(f"{STAFF}{submission.pk}/regrade/"), 409, title="Conflict", detail=detail)
        claim(submission)


def test_a_submission_that_there_is_not_is_not_found(staff_api):
    detail = "There is no such submission. /api/v1/staff/submissions/ lists all of them."
    assert_problem(staff_api.get(f"{STAFF}{uuid.uuid4()}/"), 404, detail=detail)
    assert_problem(staff_api.post(f"{STAFF}{uuid.uuid4()}/regrade/"), 404, detail=detail)


def test_learners_are_refused_whatever_there_is(api, graded):
    for address in (STAFF, f"{STAFF}{graded.pk}/", f"{STAFF}{uuid.uuid4()}/"):
        problem = assert_problem(api.get(address), 403)
        assert problem["detail"].startswith("Only staff with the permission grader.view_submission")
    assert_problem(api.post(f"{STAFF}{graded.pk}/regrade/"), 403)
    assert_problem(
        api.get(CERTIFICATION), 403, detail="Only staff may do this: ask an administrator for the role if you need it."
    )
    assert Submission.objects.get().status == "graded"


def test_a_permission_makes_nobody_staff_and_staff_need_the_permission(learner, graded, broker, django_user_model):
    learner.user_permissions.add(*Permission.objects.filter(codename__in=["view_submission", "regrade_submission"]))
    reader = django_user_model.objects.create_user("hedy", is_staff=True)
    api = client_of(reader)
    assert_problem(client_of(learner).get(STAFF), 403)
    assert_problem(api.get(STAFF), 403)
    reader.user_permissions.add(Permission.objects.get(codename="view_submission"))
    assert api.get(STAFF).status_code == 200
    problem = assert_problem(api.post(f"{STAFF}{graded.pk}/regrade/"), 403)
    assert problem["detail"].startswith("Only staff with the permission grader.regrade_submission")


def test_without_a_token_staff_are_nobody(client, graded):
    assert_problem(client.get(STAFF), 401)
    assert_problem(client.post(f"{STAFF}{graded.pk}/regrade/"), 401)


def test_staff_read_what_certification_found(staff_api, catalogue):
    body = staff_api.get(CERTIFICATION).json()["results"]
    kept = json.loads(record_path().read_text())
    assert [each["slug"] for each in body] == list(task_list().values_list("slug", flat=True))
    for each in body:
        recorded = kept[each["slug"]]
        told = {name: each[name] for name in ("accepted", "wrong", "degenerate", "mutants", "survivors", "problems")}
        assert told == {name: recorded[name] for name in told}
        assert each["certified"] is (recorded["problems"] == [])


def test_a_task_that_has_changed_since_is_stale(staff_api, catalogue, settings, tmp_path):
    kept = json.loads(record_path().read_text())
    settings.CONTENT_DIR, folders = tmp_path, settings.CONTENT_DIR
    for course in folders.iterdir():
        (tmp_path / course.name).symlink_to(course)
    kept["hebb-rule"]["fingerprint"] = "of before"
    kept["adam"]["problems"] = ["a mutant survives"]
    del kept["pca"]
    (tmp_path / "certification.json").write_text(json.dumps(kept))
    body = {each["slug"]: each for each in staff_api.get(CERTIFICATION).json()["results"]}
    assert [slug for slug, each in body.items() if each["stale"] is not False] == ["hebb-rule", "pca"]
    assert (body["hebb-rule"]["stale"], body["hebb-rule"]["certified"]) == (True, True)
    assert (body["adam"]["certified"], body["adam"]["problems"]) == (False, ["a mutant survives"])
    assert {name: body["pca"][name] for name in ("certified", "stale", "mutants")} == {
        "certified": False,
        "stale": None,
        "mutants": None,
    }
