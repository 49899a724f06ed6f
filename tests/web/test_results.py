"""What a learner is told about a submission or a run."""

import re
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.utils import timezone

from courses.selectors import task_list
from grader import grading, runs, services
from grader.judge.verdict import Misconception, OutputView
from grader.models import GradingRun, Submission, Verdict
from lms.web.verdicts import RUN_WORDS, SUBMISSION_WORDS
from tests.grader.conftest import SOURCE, claim
from tests.web import verdicts
from tests.web.html import elements, text


@pytest.fixture
def shown(signed_in, make_graded):
    """Return a function that shows the fragment for a verdict."""
    return lambda verdict: signed_in.get(f"/submissions/{make_graded(verdict).pk}/result/")


def test_a_wrong_answer_is_explained(shown):
    words = text(shown(verdicts.WRONG))
    for said in (
        "Wrong answer 2.5 of 10 points 1 of 2 checks passed.",
        "You turned the kernel. Which pixel meets w[0, 0]?",
        "values failed, 0/7.5 points bias passed, 2.5/2.5 points speed not run, 0/0 points",
        "values failed 0 of 7.5 Case “stride 2”: 2 of 12 values differ.",
        "bias passed 2.5 of 2.5",
        "speed not run 0 of 0",
        "The smallest case that failed: “stride 2”",
        "Different 2 of 12 values Largest error 54 Largest relative error 0.9 At index [0, 1, 1, 2]",
        "Type you returned float32 Type expected float64",
        "(1, 2, 2, 3), float64 Got 0 1 2 0 1",
        "x (3,), float64 0 1 2 0.5 1 1.5",
        "stride int64 2",
        "x is <b>here</b>",
    ):
        assert said in words


def test_the_differing_cells_are_marked_in_words_too(shown):
    response = shown(verdicts.WRONG)
    assert len([cell for cell in elements(response, "td") if "differs" in cell.get("class", "")]) == 4
    assert "0 1 2 differs 3 1 4 5 6 differs" in text(response)
    titles = [cell["title"] for cell in elements(response, "td") if "title" in cell]
    assert titles == ["differs", "the largest error"] * 2


def test_of_a_secret_case_only_the_kind_of_mistake_is_told(shown):
    words = text(shown(verdicts.SECRET))
    assert "“case 3” (a secret case) The shape is wrong. Shape you returned (2, 3) Shape expected (3,)" in words
    assert "Inputs and values are shown for the shown cases only." in words


def test_an_error_leads_to_the_line_of_the_code_and_back(signed_in, make_graded):
    response = signed_in.get(f"/submissions/{make_graded(verdicts.CRASHED).pk}/")
    assert elements(response, "a", href="#L2", data_line="2")
    assert elements(response, "li", id="L2", class_="noted")
    assert elements(response, "section", id="error")
    assert len(elements(response, "a", href="#error")) == 1
    assert "return 0.0 ← ValueError: <script>alert(1)</script>" in text(response)
    assert "ValueError: <script>alert(1)</script>" in text(response)
    assert len(elements(response, "li", id="L3")) == 0


def test_what_a_learner_writes_is_never_markup(signed_in, make_graded):
    submission = make_graded(verdicts.CRASHED, source="</ol><script>alert(2)</script>\n")
    for address in (f"/submissions/{submission.pk}/", "/tasks/mean-squared-error/"):
        response = signed_in.get(address)
        assert b"<script>alert" not in response.content
        assert b"</ol><script" not in response.content


def test_our_fault_is_called_so_and_shows_no_score(shown):
    response = shown(verdicts.OUR_FAULT)
    assert "This is our fault: nothing was charged" in text(response)
    assert elements(response, "p", class_="score") == []


def test_after_an_accepted_answer_the_next_task_is_offered(shown):
    slugs = list(task_list().values_list("slug", flat=True))
    following = slugs[slugs.index("mean-squared-error") + 1]
    assert elements(shown(verdicts.ACCEPTED), "a", class_="button", href=f"/tasks/{following}/")
    assert elements(shown(verdicts.WRONG), "a", class_="button") == []


def test_after_the_last_task_none_is_offered(signed_in, make_graded):
    last = task_list().last()
    response = signed_in.get(f"/submissions/{make_graded(verdicts.ACCEPTED, task=last).pk}/result/")
    assert "Next:" not in text(response)


def test_what_is_announced_is_one_sentence_with_the_score(shown):
    assert elements(shown(verdicts.ACCEPTED), "article", data_status="graded") == [
        {
            "class": "result tone-good",
            "data-status": "graded",
            "data-announce": "Accepted. 10 of 10 points. Every check passed.",
        }
    ]


def test_while_grading_is_paused_the_page_says_why_and_comes_back(signed_in, make_submission):
    submission = make_submission()
    response = signed_in.get(f"/submissions/{submission.pk}/")
    assert "Grading is paused: no grading worker is running." in text(response)
    assert elements(response, "meta", http_equiv="refresh", content="2")
    assert elements(response, "div", data_events=f"/events/submissions/{submission.pk}/")


def test_a_graded_submission_waits_for_nothing(signed_in, make_graded):
    response = signed_in.get(f"/submissions/{make_graded().pk}/")
    assert elements(response, "meta", http_equiv="refresh") == []
    assert "data-events" not in response.content.decode()


@pytest.mark.parametrize("code", Verdict.values)
def test_every_verdict_has_words_a_tone_and_an_icon(code):
    tones = Path(finders.find("web/css/base.css")).read_text()
    for words in (SUBMISSION_WORDS[code], RUN_WORDS[code]):
        assert words.title
        assert f".tone-{words.tone} " in tones
        assert get_template(f"web/icons/{words.icon}.svg")


def test_a_run_shows_each_shown_case_and_no_score(signed_in, learner, task):
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    assert "Grading is paused" in text(signed_in.get(f"/runs/{run.id}/"))
    runs.advance(run, status="graded", result=verdicts.SHOWN.as_dict())
    response = signed_in.get(f"/runs/{run.id}/result/")
    assert "Not all shown cases pass" in text(response)
    cases = [details for details in elements(response, "details") if details["class"].startswith("case ")]
    assert [(case["class"], "open" in case) for case in cases] == [("case tone-good", False), ("case tone-bad", True)]
    assert "1 of 2 shown cases pass." in text(response)
    assert "printed in hard" in text(response)
    assert elements(response, "p", class_="score") == []


def test_a_run_of_somebody_else_or_of_nobody_is_a_404(signed_in, other_learner, task):
    run = services.run_start(user=other_learner, task=task, source=SOURCE, backend="numpy")
    for run_id in (run.id, str(uuid.uuid4()), "x"):
        assert signed_in.get(f"/runs/{run_id}/").status_code == 404
        assert signed_in.get(f"/runs/{run_id}/result/").status_code == 404


def test_a_submission_of_somebody_else_is_a_404(signed_in, make_graded, other_learner):
    submission = make_graded(user=other_learner)
    for address in (f"/submissions/{submission.pk}/", f"/submissions/{submission.pk}/result/"):
        assert signed_in.get(address).status_code == 404


def test_a_visitor_is_led_to_the_sign_in_page(visitor, submission_address):
    response = visitor.get(submission_address)
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={submission_address}"


@pytest.fixture(params=["/submissions/{}/", "/submissions/{}/result/", "/tasks/mean-squared-error/submissions/"])
def submission_address(request, make_graded):
    return request.param.format(make_graded().pk)


def test_submitting_as_a_visitor_stores_nothing_and_leads_to_the_sign_in_page(visitor):
    form = {"source": "</textarea><b>", "backend": "numpy"}
    response = visitor.post("/tasks/mean-squared-error/submit/", form)
    assert elements(response, "a", href="/accounts/login/?next=/tasks/mean-squared-error/", class_="button primary")
    assert "\n&lt;/textarea&gt;&lt;b&gt;</textarea>" in response.content.decode()
    assert Submission.objects.count() == 0


def test_what_an_author_put_between_backticks_is_code(shown):
    said = Misconception("x", "You wrote `a = <b>`.", "Why not `a += b`?")
    response = shown(replace(verdicts.WRONG, misconceptions=[said]))
    assert "You wrote <code>a = &lt;b&gt;</code>." in response.content.decode()
    assert "Why not a += b ?" in text(response)


def test_a_time_limit_says_what_to_try_and_in_which_case_it_ended(shown):
    words = text(shown(verdicts.TOO_SLOW))
    assert "What to try: Look for a loop that never ends" in words
    assert "The case in which it ended: “stride 2”" in words


def test_several_outputs_of_a_case_are_shown_under_their_names(signed_in, learner, task):
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    first = replace(verdicts.SHOWN.samples[1], output="dx", others=[OutputView("dw", verdicts.GOT, verdicts.GOT)])
    runs.advance(run, status="graded", result=replace(verdicts.SHOWN, samples=[first]).as_dict())
    response = signed_in.get(f"/runs/{run.id}/result/")
    assert re.findall(r"<h4><code>(\w+)</code></h4>", response.content.decode()) == ["dx", "dw"]


def test_a_verdict_from_before_pictures_and_slices_is_still_shown(signed_in, make_graded):
    submission = make_graded(verdicts.WRONG)
    result = submission.latest_run.result
    for view in (result["failing_case"]["got"], result["failing_case"]["expected"]):
        for name in ("corner", "others", "picture", "series"):
            del view[name]
    for name in ("difference", "output"):
        del result["failing_case"][name]
    GradingRun.objects.filter(submission=submission).update(result=result)
    assert "0 1 2 differs 3 1 4 5 6 differs" in text(signed_in.get(f"/submissions/{submission.pk}/"))


def test_the_page_of_a_submission_has_its_number_and_what_can_be_done_with_it(signed_in, make_graded):
    first, second = make_graded(), make_graded()
    response = signed_in.get(f"/submissions/{second.pk}/")
    assert "Submission 2" in text(response)
    links = [link["href"] for link in elements(response, "a")]
    assert elements(response, "form", method="post", action=f"/submissions/{second.pk}/open/")
    assert f"/submissions/{first.pk}/compare/{second.pk}/" in links
    assert "Compare with" not in text(signed_in.get(f"/submissions/{first.pk}/"))


def test_grades_from_before_a_regrade_are_kept_and_shown(signed_in, make_graded):
    submission = make_graded(verdicts.WRONG)
    assert "Graded" not in text(signed_in.get(f"/submissions/{submission.pk}/"))
    services.regrade(submission)
    grading.store_verdict(claim(submission), verdicts.ACCEPTED, started=timezone.now())
    words = text(signed_in.get(f"/submissions/{submission.pk}/"))
    assert "Graded 2 times" in words
    assert re.search(r"\(counts\) Accepted 10 / 10 .* Wrong answer 2.5 / 10", words)
