"""Earlier submissions: of a task, of all tasks, two compared."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Task
from grader.models import Backend
from lms.web.pictures import trend
from lms.web.templatetags.web import ago
from tests.grader.conftest import SOURCE
from tests.web import verdicts
from tests.web.html import elements, text

HISTORY = "/tasks/mean-squared-error/submissions/"


def submission_links(response):
    links = [link["href"] for link in elements(response, "a")]
    return [link for link in links if re.fullmatch(r"/submissions/[0-9a-f-]{36}/", link)]


def test_the_history_lists_the_learners_own_submissions(signed_in, make_graded, make_submission, other_learner):
    mine = [make_graded(verdicts.ACCEPTED), make_submission()]
    make_graded(user=other_learner)
    response = signed_in.get(HISTORY)
    assert submission_links(response) == [f"/submissions/{submission.pk}/" for submission in reversed(mine)]
    assert "2 submissions to Mean squared error" in text(response)
    assert "1 , just now NumPy Accepted 10 / 10" in text(response)
    assert "Queued none yet" in text(response)


def test_what_was_submitted_to_a_task_that_was_taken_down_stays_within_reach(signed_in, make_graded, task):
    submission = make_graded(verdicts.ACCEPTED)
    Task.objects.filter(pk=task.pk).update(slug=str(task.pk), is_published=False)
    history = f"/tasks/{task.pk}/submissions/"
    [page, everything, single] = [
        signed_in.get(address) for address in (history, "/submissions/", f"/submissions/{submission.pk}/")
    ]
    assert submission_links(page) == submission_links(everything) == [f"/submissions/{submission.pk}/"]
    assert elements(everything, "a", href=history)
    assert elements(single, "a", href=history)
    assert "Mean squared error (not offered any more)" in text(single)
    for shown in (page, single):
        assert elements(shown, "a", href=f"/tasks/{task.pk}/") == []
    assert elements(single, "form", action=f"/submissions/{submission.pk}/open/") == []


def test_a_task_that_was_taken_down_is_not_found_by_who_never_submitted_to_it(signed_in, task):
    Task.objects.filter(pk=task.pk).update(is_published=False)
    assert signed_in.get(HISTORY).status_code == 404


def test_a_history_without_submissions_says_what_to_do(signed_in, task):
    response = signed_in.get(HISTORY)
    assert "Nothing yet" in text(response)
    assert elements(response, "a", href="/tasks/mean-squared-error/", class_="button primary")
    assert elements(response, "table") == []
    assert "Nothing yet" in text(signed_in.get("/submissions/"))


def test_a_long_history_has_pages_and_every_submission_is_on_one(signed_in, make_submission):
    made = [make_submission() for _ in range(26)]
    first, second = signed_in.get(HISTORY), signed_in.get(f"{HISTORY}?page=2")
    assert elements(first, "a", rel="next", href="?page=2")
    assert elements(second, "a", rel="prev", href="?page=1")
    assert submission_links(first) + submission_links(second) == [f"/submissions/{each.pk}/" for each in reversed(made)]
    assert elements(second, "strong") != []
    assert "Page 2 of 2" in text(second)
    assert " 1 , just now" in text(second)
    assert " 2 , just now" in text(first)


def test_two_submissions_are_chosen_by_radio_buttons(signed_in, make_submission):
    first, second, third = (make_submission() for _ in range(3))
    response = signed_in.get(HISTORY)
    assert elements(response, "form", action="/submissions/compare/")
    chosen = [(radio["name"], radio["value"]) for radio in elements(response, "input") if "checked" in radio]
    assert chosen == [("new", str(third.pk)), ("old", str(second.pk))]
    response = signed_in.get("/submissions/compare/", {"old": first.pk, "new": third.pk})
    assert (response.status_code, response["Location"]) == (302, f"/submissions/{first.pk}/compare/{third.pk}/")


def test_of_one_submission_there_is_nothing_to_choose(signed_in, make_submission):
    make_submission()
    assert elements(signed_in.get(HISTORY), "input", type="radio") == []


@pytest.mark.parametrize("query", [{}, {"old": "x", "new": "y"}, {"old": uuid.uuid4()}])
def test_a_choice_that_is_none_is_a_404(signed_in, query):
    assert signed_in.get("/submissions/compare/", query).status_code == 404


def test_the_comparison_tells_both_verdicts_and_what_changed(signed_in, make_graded):
    old = make_graded(verdicts.WRONG, source="def f(x):\n    return x\n")
    new = make_graded(verdicts.ACCEPTED, source="def f(x):\n    return x + 1\n")
    response = signed_in.get(f"/submissions/{old.pk}/compare/{new.pk}/")
    words = text(response)
    assert re.search(r"Old .* Wrong answer 2.5 of 10 points .* New .* Accepted 10 of 10 points", words)
    assert "1 line removed, 1 line added." in words
    assert "2 − removed return x 2 + added return x + 1" in words
    assert (len(elements(response, "del")), len(elements(response, "ins"))) == (1, 1)
    assert "different tasks" not in words


def test_the_comparison_of_equal_code_says_so(signed_in, make_graded):
    old, new = make_graded(), make_graded()
    assert "The code of both is the same." in text(signed_in.get(f"/submissions/{old.pk}/compare/{new.pk}/"))


def test_what_is_compared_is_never_markup(signed_in, make_submission):
    old, new = make_submission(source="<script>alert(1)</script>"), make_submission(source="</td><script>alert(2)")
    html = signed_in.get(f"/submissions/{old.pk}/compare/{new.pk}/").content
    assert b"<script>alert" not in html
    assert b"</td><script" not in html


def test_only_ones_own_submissions_can_be_compared(signed_in, make_submission, other_learner):
    mine, other = make_submission(), make_submission(user=other_learner)
    for pair in ((mine, other), (other, mine)):
        assert signed_in.get(f"/submissions/{pair[0].pk}/compare/{pair[1].pk}/").status_code == 404
    assert signed_in.get(f"/submissions/{mine.pk}/compare/{uuid.uuid4()}/").status_code == 404


def test_submissions_to_different_tasks_may_be_compared_and_it_is_said(signed_in, make_submission, catalogue):
    old, new = make_submission(), make_submission(task=Task.objects.get(slug="stable-softmax"))
    words = text(signed_in.get(f"/submissions/{old.pk}/compare/{new.pk}/"))
    assert "These two submissions belong to different tasks." in words


def test_all_submissions_are_listed_with_their_tasks(signed_in, make_graded, make_submission, catalogue, other_learner):
    mine = [make_graded(), make_submission(task=Task.objects.get(slug="stable-softmax"), backend=Backend.TORCH)]
    make_graded(user=other_learner)
    response = signed_in.get("/submissions/")
    assert submission_links(response) == [f"/submissions/{submission.pk}/" for submission in reversed(mine)]
    assert elements(response, "a", href="/tasks/stable-softmax/submissions/")
    assert "PyTorch" in text(response)


@pytest.mark.parametrize("address", ["/submissions/", "/submissions/compare/", HISTORY])
def test_a_visitor_is_led_to_the_sign_in_page(visitor, address):
    assert visitor.get(address)["Location"] == f"/accounts/login/?next={address}"


def test_scores_are_drawn_oldest_first_and_ours_do_not_count(signed_in, make_graded, make_submission):
    make_graded(verdicts.WRONG)
    assert elements(signed_in.get(HISTORY), "svg", class_="trend") == []
    make_graded(verdicts.OUR_FAULT)
    make_graded(verdicts.ACCEPTED)
    make_submission()
    response = signed_in.get(HISTORY)
    assert "From 25% to 100% of the points over 2 graded submissions" in text(response)
    assert len(elements(response, "circle", class_="fig-fill-1")) == 2


def test_a_higher_score_is_drawn_higher():
    low, high = re.findall(r'cy="([\d.]+)"', trend([0.25, 1.0]))
    assert float(low) > float(high)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=5, seconds=20), "5 minutes ago"),
        (timedelta(hours=30), "1 day ago"),
    ],
)
def test_an_age_is_told_in_one_unit(age, words):
    assert ago(timezone.now() - age) == words


def test_what_is_old_has_its_date():
    moment = timezone.now() - timedelta(days=400)
    assert ago(moment) == f"{timezone.localtime(moment).day} {timezone.localtime(moment):%b %Y}"


def test_the_time_is_there_for_programs_and_on_hover(signed_in, make_submission):
    made = make_submission(source=SOURCE)
    [moment] = elements(signed_in.get(HISTORY), "time")
    assert moment["datetime"][:16] == timezone.localtime(made.created).isoformat()[:16]
    assert str(made.created.year) in moment["title"]
