import json
import subprocess

import pytest

from tests.cli.conftest import result_of
from tests.cli.server import AT, ID, Answer, array, page, submission


def test_status_shows_the_latest_with_everything_that_failed(terminal, server):
    server.on("GET", "submissions/", page(submission(verdict="wrong_answer")))
    failing = {"check": "values", "case": "one image", "group": "sample", "message": "1 of 4 elements differs."}
    part = array([1, 2], shape=[2, 9, 9], block=[1], corner=[0, 2], truncated=True)
    failing |= {"inputs": {"x": part}, "prints": "hello\n"}
    failing |= {"got": array([1, 2], [3, 4.5], wrong=[[1, 1]]), "expected": array([1, 2], [3, 4], wrong=[[1, 1]])}
    check = {"name": "values", "passed": False, "points": 0, "max_points": 6, "feedback": "1 of 4 elements differs."}
    trace = [{"line": 3, "function": "conv2d_forward", "text": "return x"}]
    known = {"checks": [check], "misconceptions": ["flipped-kernel"], "failing_case": failing, "detail": "One failed."}
    known |= {"error": {"type": "ValueError", "message": "no", "trace": trace}, "prints": ""}
    server.on("GET", AT, Answer(body=submission(verdict="wrong_answer", **known)))
    said = terminal.run("status")
    assert said.returncode == 1
    assert (
        said.stdout
        == """\
conv2d-forward: wrong answer 4 of 10 points
One failed.
  FAILED  0 / 6     values
          1 of 4 elements differs.
This looks like a known mistake: flipped kernel.

Smallest failing case: one image, check “values”
  1 of 4 elements differs.
  x  float64 (2, 9, 9)
    at [1, 0:, 2:]
     1  2
    ... and more
  got  float64 (2, 2)
       1    2
       3 *4.5
  expected  float64 (2, 2)
     1  2
     3 *4
  printed:
    hello
ValueError: no
  line 3, in conv2d_forward: return x
"""
    )


@pytest.mark.parametrize(("status", "code"), [("queued", 0), ("running", 0), ("paused", 3)])
def test_status_of_what_has_no_verdict_says_how_far_it_is(terminal, server, status, code):
    server.on("GET", AT, Answer(body=submission(status, case=2, cases=9, reason="Nobody grades.")))
    said = terminal.run("status", ID)
    assert said.returncode == code
    assert said.stdout.startswith("conv2d-forward: ")


def test_status_without_any_submission_is_a_no(terminal, server):
    server.on("GET", "submissions/", page())
    assert result_of(terminal.run("status")) == (1, "", "You have handed in nothing yet.\n")
    assert terminal.run("status", "latest").returncode == 2
    assert result_of(terminal.run("status", ID)) == (
        1,
        "",
        f"There is no submission {ID} among yours: baremath history lists them.\n",
    )


def test_the_beginning_of_an_id_is_enough(terminal, server):
    other = submission(id="0f0e0d0b-0b0a-4908-8706-050403020100")
    server.on("GET", "submissions/", page(other, next="?cursor=a"), page(submission()))
    server.on("GET", AT, Answer(body=submission()))
    assert terminal.run("status", "0F0E0D0C").returncode == 0
    assert result_of(terminal.run("open", "0f0e0d0c-0b0a")) == (0, f"{server.url}/submissions/{ID}/\n", "")
    assert result_of(terminal.run("status", "00000000")) == (
        1,
        "",
        "There is no submission 00000000 among yours: baremath history lists them.\n",
    )


def test_the_json_is_what_the_server_sent_and_no_more(terminal, server):
    sent = submission("queued", score=None, estimate_s=None, novelty=[{"of": None}])
    server.on("GET", AT, Answer(body=sent))
    server.on("GET", "submissions/", page(sent))
    assert json.loads(terminal.run("status", ID, "--json").stdout) == sent
    assert json.loads(terminal.run("history", "--json").stdout) == [sent]


def test_a_history_of_nothing_is_said(terminal, server):
    server.on("GET", "submissions/", page())
    assert result_of(terminal.run("history")) == (0, "", "You have handed in nothing yet.\n")
    assert result_of(terminal.run("history", "--json")) == (0, "[]\n", "")


def test_the_history_is_as_long_as_one_wants(terminal, server):
    server.on("GET", "submissions/", page(submission(), next="?cursor=a"), page(submission("queued"), submission()))
    said = terminal.run("history", "--task", "conv2d-forward", "--limit", "2")
    assert said.stdout.splitlines() == [
        "SUBMITTED (UTC)   TASK            BACKEND  VERDICT            ID",
        "2026-01-02 03:04  conv2d-forward  numpy    accepted 10 of 10  0f0e0d0c",
        "2026-01-02 03:04  conv2d-forward  numpy    queued             0f0e0d0c",
    ]
    assert [each.path.partition("?")[2] for each in server.asked] == ["page_size=2&task=conv2d-forward", "cursor=a"]


def test_who_reads_a_pipe_may_stop_reading(terminal, server):
    server.on("GET", "submissions/", page(*[submission() for _ in range(5000)]))
    command = f"{subprocess.list2cmdline(terminal.command('history', '--limit', '5000'))} | head -1"
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=terminal.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
