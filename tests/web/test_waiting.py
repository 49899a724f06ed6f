"""What is said while there is no verdict yet."""

import pytest

from grader import progress
from lms.web.waiting import waiting
from tests.grader.conftest import claim
from tests.web.html import elements, text


@pytest.mark.parametrize(
    ("state", "title", "sentence"),
    [
        ({"status": "queued", "queue_position": 0}, "Queued", "Yours is the next one. "),
        ({"status": "queued", "queue_position": 1}, "Queued", "1 submission is before yours. "),
        ({"status": "queued", "queue_position": 12}, "Queued", "12 submissions are before yours. "),
        ({"status": "queued"}, "Queued", "Your run starts as soon as a worker is free. "),
        ({"status": "running"}, "Running your code", "The verdict comes by itself."),
        ({"status": "paused", "reason": "Grading is paused: x."}, "Waiting", "Grading is paused: x."),
    ],
)
def test_the_words_for_waiting(state, title, sentence):
    words = waiting(state)
    assert words.title == title
    assert words.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "; it takes a few seconds."),
        (4.9, "; it takes a few seconds."),
        (5.0, "; it takes about 5 s."),
        (16.2, "; it takes about 20 s."),
        (54.9, "; it takes about 55 s."),
        (55.0, "; it takes about 1 minute."),
        (61.0, "; it takes about 2 minutes."),
    ],
)
def test_an_estimate_is_no_more_exact_than_it_can_be(seconds, words):
    state = {"status": "queued", "queue_position": 3, "estimate_s": seconds}
    assert waiting(state).sentence == f"3 submissions are before yours{words} The verdict comes by itself."


def test_the_page_shows_which_case_runs(signed_in, make_submission, monkeypatch):
    submission = make_submission()
    held = claim(submission)
    address = f"/submissions/{submission.pk}/result/"
    assert elements(signed_in.get(address), "progress") == []
    monkeypatch.setattr(progress, "FIRST_AFTER_S", 0)
    progress.Progress(held.claim, lambda: None)(4, 12)
    response = signed_in.get(address)
    assert elements(response, "progress", value="4", max="12")
    assert "Case 4 of 12" in text(response)
