"""Submissions to `conv2d-forward`, right and wrong, and what their verdicts must be."""

from django.conf import settings

TASK = "conv2d-forward"
_SUBMISSIONS = settings.CONTENT_DIR / "convolutional-networks" / "01-convolution" / TASK / "submissions"
MISTAKE = "flipped-kernel"

CORRECT = (_SUBMISSIONS / "accepted" / "im2col.py").read_text()
CORRECT_TORCH = (_SUBMISSIONS / "accepted" / "torch_unfold.py").read_text()
WRONG = (_SUBMISSIONS / "wrong_answer" / f"{MISTAKE}.py").read_text()


def slow(seconds):
    """A correct submission that takes its time before it is called."""
    return f"import time\ntime.sleep({seconds})\n{CORRECT}"


def assert_both_verdicts_are_right(client):
    """Submit a correct and a wrong convolution over HTTP; the wrong one must be named."""
    right_at, wrong_at = client.submit(TASK, CORRECT), client.submit(TASK, WRONG)
    right, wrong = client.wait_for(right_at, "graded", 60), client.wait_for(wrong_at, "graded", 60)
    assert right["verdict"] == "accepted"
    assert wrong["verdict"] == "wrong_answer"
    assert client.details(right_at)["misconceptions"] == []
    assert client.details(wrong_at)["misconceptions"] == [MISTAKE]
