import re

import pytest

from grader import heartbeats
from grader.models import Submission
from grader.sandbox import Sandbox
from grader.sandbox.pool import PARKED
from tests.grader.conftest import SOURCE, queued_arguments
from tests.web.html import elements

pytestmark = pytest.mark.django_db

LIST = "/admin/grader/submission/"


@pytest.fixture
def admin(client, instructor, broker):
    client.force_login(instructor)
    return client


def test_an_instructor_reads_code_checks_and_runs(admin, graded):
    page = admin.get(f"{LIST}{graded.pk}/change/").content.decode()
    assert "def mean_squared_error(y_pred, y_true):" in page
    assert "FAILED  0/3  values: 3 of 4 elements differ." in page
    assert "sum-for-mean: You summed." in page
    assert 'name="source"' not in page
    assert 'name="_save"' not in page


def test_learner_code_is_shown_as_text(admin, make_graded):
    graded = make_graded(source="<script>alert(1)</script>")
    page = admin.get(f"{LIST}{graded.pk}/change/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 2),
        ({"q": "ada"}, 2),
        ({"q": "nobody"}, 0),
        ({"q": "mean-squared"}, 2),
        ({"status__exact": "queued"}, 1),
        ({"latest_run__verdict__exact": "wrong_answer"}, 1),
        ({"backend__exact": "torch"}, 0),
    ],
)
def test_submissions_are_listed_filtered_and_searched(admin, graded, make_submission, query, found):
    make_submission()
    response = admin.get(LIST, query)
    assert response.status_code == 200
    assert response.context["cl"].result_count == found


def test_selected_submissions_are_regraded(admin, graded, make_submission, broker, django_capture_on_commit_callbacks):
    assert elements(admin.get(LIST), "option", value="regrade")
    queued = make_submission()
    with django_capture_on_commit_callbacks(execute=True):
        data = {"action": "regrade", "_selected_action": [str(graded.pk), str(queued.pk)]}
        page = admin.post(LIST, data, follow=True).content.decode()
    assert "1 submissions are queued again; 1 are not graded yet and were left alone." in page
    assert queued_arguments(broker, "regrade") == ["regrade"]
    assert Submission.objects.get(pk=graded.pk).run_number == 2


def test_nothing_can_be_added_changed_or_deleted(admin, graded):
    assert admin.get(f"{LIST}add/").status_code == 403
    assert admin.post(f"{LIST}{graded.pk}/change/", {"source": "x"}).status_code == 403
    assert admin.post(f"{LIST}{graded.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Submission.objects.get().source == SOURCE


def test_staff_who_may_not_regrade_are_not_offered_it(client, django_user_model, graded):
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.create_user("alan", password="correct horse battery", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_submission"))
    client.force_login(user)
    assert not elements(client.get(LIST), "option", value="regrade")
    client.post(LIST, {"action": "regrade", "_selected_action": [str(graded.pk)]})
    assert Submission.objects.get().status == "graded"


def test_learners_have_no_admin_panel(client, learner, graded):
    client.force_login(learner)
    assert client.get(LIST).status_code == 302


def test_staff_see_the_layers_of_each_worker(admin, broker):
    layer = {"name": "landlock", "holds": False, "reason": "not in this kernel", "remedy": "lsm=landlock"}
    heartbeats.beat(heartbeats.WorkerState("one", "host", 7, "no jail", "mend it", "2026-01-01", layers=[layer]))
    assert "/admin/grader/submission/sandbox/" in admin.get(LIST).content.decode()
    page = admin.get(f"{LIST}sandbox/").content.decode()
    for words in ("host, process 7: no jail", "mend it", "landlock", "not in this kernel", "lsm=landlock"):
        assert words in page


def test_staff_see_what_the_sandboxes_did_and_a_canary_that_succeeded(admin, broker):
    numpy, torch = Sandbox("numpy"), Sandbox("torch")
    numpy.metrics.canaries.count("network", 0.004, succeeded=True)
    numpy.metrics.ends.update({"completed": 5, "syntax_error": 1})
    numpy.metrics.refill_s.append(0.003)
    torch.metrics.canaries.failed = 3
    snapshots = [sandbox.snapshot() for sandbox in (numpy, torch)]
    heartbeats.beat(heartbeats.WorkerState("one", "host", 7, "", "", "2026-01-01", sandboxes=snapshots))
    assert rows(admin.get(f"{LIST}sandbox/").content.decode()) == {
        "Sandbox": ["numpy", "torch"],
        "Tier": ["not open", "not open"],
        "Parked children": [f"0 of {PARKED}"] * 2,
        "Time to park one, median": ["3.0 ms", "–"],
        "Programs run, canaries included": ["6 5 completed 1 syntax_error", "0"],
        "Failed by our fault": ["0", "0"],
        "Zygotes put to use": ["0: 0 in place of an old one; 0 crashed"] * 2,
        "Failures in a row": ["0", "0"],
        "Canaries run": [f"1, the last at {snapshots[0]['canaries']['last']}, 4.0 ms each", "0"],
        "Canaries that could not be run": ["0", "3"],
        "Canaries that succeeded": ["network", "none"],
    }


def rows(page):
    """Return the words of the table of numbers: those in each row's heading and cells."""
    table = re.search(r'<table class="numbers">.*?</table>', page, re.DOTALL)[0]
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)]
    words = [[" ".join(re.sub(r"<.*?>", " ", cell).split()) for cell in row] for row in cells]
    return {row[0]: row[1:] for row in words}


def test_learners_do_not_see_the_layers(client, learner):
    client.force_login(learner)
    assert client.get(f"{LIST}sandbox/").status_code == 302
