import json
import signal
import subprocess
import threading
import time

import pytest

from tests.cli.conftest import SOURCE, result_of
from tests.cli.server import ID, Answer, array, created, event, page, problem, stream, submission, task

AT = f"submissions/{ID}/"
RUN = "11111111-2222-4333-8444-555555555555"
NO_STREAM = problem(501, "This server does not stream events. Ask for the state instead.")


@pytest.fixture
def file(terminal):
    return terminal.write()


@pytest.fixture
def queue(server):
    """A server that takes submissions and does not stream."""
    server.on("POST", "submissions/", created())
    server.on("GET", f"{AT}events/", NO_STREAM)
    return server


# --- handing in ------------------------------------------------------------------------------------------------------


def test_a_file_alone_is_enough_to_submit(terminal, queue, file):
    said = terminal.run("submit", file.name)
    assert result_of(said) == (0, f"Submitted conv2d_forward.py to conv2d-forward (numpy): {ID}\n", "")
    [asked] = queue.asked
    assert asked.body == {"task": "conv2d-forward", "backend": "numpy", "source": SOURCE}
    assert (asked.headers["authorization"], len(asked.headers["idempotency-key"])) == ("Token a-token", 32)


@pytest.mark.parametrize(
    ("verdict", "code"),
    [("accepted", 0), ("wrong_answer", 1), ("partially_accepted", 1), ("run_time_error", 1), ("internal_error", 3)],
)
def test_the_exit_code_of_a_wait_tells_the_verdict(terminal, queue, file, verdict, code):
    queue.on("GET", AT, Answer(body=submission(verdict=verdict)))
    said = terminal.run("submit", "--wait", "--json", file.name)
    assert (said.returncode, json.loads(said.stdout)["verdict"]) == (code, verdict)


def test_options_count_more_than_the_file(terminal, queue, file):
    queue.on("GET", "tasks/", page(task("adam", backends=["torch"])))
    terminal.run("submit", "--task", "adam", file.name)
    terminal.run("submit", "--backend", "torch", file.name)
    sent = [(body["task"], body["backend"]) for body in queue.bodies("POST", "submissions/")]
    assert sent == [("adam", "torch"), ("conv2d-forward", "torch")]


@pytest.mark.parametrize("name", ["conv2d_forward.py", "conv2d-forward/solution.py"])
def test_a_file_that_says_nothing_is_known_by_its_name_or_its_folder(terminal, queue, name):
    terminal.write(name, "x = 1\n")
    assert terminal.run("submit", name).returncode == 0
    assert queue.bodies("POST", "submissions/") == [{"task": "conv2d-forward", "backend": "numpy", "source": "x = 1\n"}]


def test_a_file_whose_task_is_anybody_s_guess_is_a_sentence(terminal, queue):
    queue.on("GET", "tasks/", page(task(), task("adam")))
    terminal.write("solution.py", "x = 1\n")
    terminal.write("adam/conv2d_forward.py", "x = 1\n")
    assert terminal.run("submit", "solution.py").stderr.startswith("solution.py names no task: give --task")
    said = terminal.run("submit", "adam/conv2d_forward.py")
    assert (said.returncode, said.stderr[:64]) == (
        2,
        "adam/conv2d_forward.py names both adam and conv2d-forward: give ",
    )
    said = terminal.run("submit", "solution.py", "--task", "nope")
    assert result_of(said) == (2, "", "There is no task “nope”: baremath tasks lists them.\n")


def test_what_cannot_be_a_submission_is_a_sentence_and_not_sent(terminal, server):
    (terminal.folder / "latin.py").write_bytes(b"# \xe9\n")
    (terminal.folder / "large.py").write_bytes(b"#" * 2_000_000)
    (terminal.folder / "folder.py").mkdir()
    said = {name: terminal.run("submit", name) for name in ("latin.py", "large.py", "folder.py", "missing.py")}
    assert {name: each.returncode for name, each in said.items()} == dict.fromkeys(said, 2)
    assert [each.stderr for each in said.values()] == [
        "latin.py is not UTF-8 text (byte 3). Give a Python file.\n",
        "large.py has 2,000,000 bytes or is no plain file. Give a Python file of a task.\n",
        "folder.py is a folder. Give one file; baremath grade-folder takes a folder.\n",
        "missing.py cannot be read: No such file or directory.\n",
    ]
    assert server.asked == []


def test_a_problem_is_told_with_the_fields_at_fault(terminal, queue, file):
    errors = [{"pointer": "#/source", "detail": "The source is empty."}]
    queue.on("POST", "submissions/", problem(400, "The source is empty.", errors=errors))
    assert result_of(terminal.run("submit", file.name)) == (2, "", "#/source: The source is empty.\n")
    errors.append({"pointer": "#/backend", "detail": "“jax” is not a backend."})
    queue.on("POST", "submissions/", problem(400, "The request is not valid.", errors=errors))
    assert terminal.run("submit", file.name).stderr.splitlines() == [
        "The request is not valid.",
        "  #/source: The source is empty.",
        "  #/backend: “jax” is not a backend.",
    ]


def test_json_is_one_document_also_where_it_fails(terminal, queue, file):
    errors = [{"pointer": "#/source", "detail": "The source is empty."}]
    queue.on("POST", "submissions/", problem(400, "The source is empty.", errors=errors))
    said = terminal.run("submit", "--json", file.name)
    assert json.loads(said.stdout) == {"error": "The source is empty.", "exit_code": 2, "errors": errors}
    said = terminal.run("submit", "--json", "--nonsense", file.name)
    assert (said.returncode, json.loads(said.stdout)["exit_code"]) == (2, 2)


# --- unavailable -----------------------------------------------------------------------------------------------------


def test_too_many_requests_are_made_again_when_the_server_says(terminal, queue, file):
    full = problem(503, "The queue is full.", {"Retry-After": "1"})
    queue.on("POST", "submissions/", problem(429, "Too many requests.", {"Retry-After": "1"}), full, created())
    assert terminal.run("submit", file.name).returncode == 0
    keys = {each.headers["idempotency-key"] for each in queue.to("POST", "submissions/")}
    assert (len(queue.asked), len(keys)) == (3, 1)


@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_longer_than_anybody_s_patience_is_not_waited_for(terminal, queue, file, status):
    queue.on("POST", "submissions/", problem(status, "Come back tomorrow.", {"Retry-After": "86400"}))
    assert result_of(terminal.run("submit", file.name)) == (3, "", "Come back tomorrow.\n")


@pytest.mark.parametrize(
    ("answer", "code", "sentence"),
    [
        (problem(500, "The server failed."), 3, "The server failed."),
        (
            Answer(502, b"<html>", {"Content-Type": "text/html"}),
            3,
            "{url} answered 502 Bad Gateway, and not in the way of",
        ),
        (Answer(200, b"<html>"), 3, "{url} answered 200 with something that is not JSON."),
        (Answer(200, b"[" * 100_000), 3, "{url} answered 200 with something that is not JSON."),
        (Answer(200, []), 3, "The server does not speak this program's API: the answer is list."),
        (Answer(200, {"results": [{"id": 7}]}), 3, "The server does not speak this program's API: “id” of an entry"),
        (Answer(301, {}, {"Location": "https://x/"}), 2, "{url} sends on to https://x/. Give that server's --url."),
        (problem(403, "This token lacks the scope “read”."), 2, "This token lacks the scope “read”."),
    ],
)
def test_an_answer_that_is_of_no_use_is_a_sentence(terminal, server, answer, code, sentence):
    server.on("GET", "submissions/", answer)
    said = terminal.run("history")
    assert (said.returncode, said.stdout) == (code, "")
    assert said.stderr.startswith(sentence.format(url=server.url))


def test_no_server_is_told_at_once(terminal, server):
    server.stop()
    said = terminal.run("status")
    server.start()
    assert (said.returncode, said.stdout) == (3, "")
    assert said.stderr.startswith(f"{server.url} cannot be reached")


# --- waiting ---------------------------------------------------------------------------------------------------------


def test_without_a_stream_the_state_is_asked_for_and_what_has_not_changed_is_not_sent_again(terminal, queue, file):
    tag = {"ETag": '"1"', "Retry-After": "1"}
    queue.on("GET", AT, Answer(body=submission("queued"), headers=tag), Answer(304), Answer(body=submission()))
    assert terminal.run("submit", "--wait", file.name).returncode == 0
    tags = [each.headers.get("if-none-match") for each in queue.to("GET", AT)]
    assert tags == [None, '"1"', '"1"']
    assert len(queue.to("GET", f"{AT}events/")) == 1


def test_a_stream_is_followed_until_the_verdict_however_it_is_cut(terminal, queue, file):
    told = "retry: 2000\n\n: still waiting\n\n" + event(status="running", case=1, cases=3) + event(status="graded")
    queue.on("GET", f"{AT}events/", stream(told))
    queue.on("GET", AT, Answer(body=submission("queued")), Answer(body=submission()))
    assert terminal.run("submit", "--wait", file.name).returncode == 0
    [asked] = queue.to("GET", f"{AT}events/")
    assert (asked.headers["accept"], asked.headers["authorization"]) == ("text/event-stream", "Token a-token")
    assert len(queue.to("GET", AT)) == 2


@pytest.mark.parametrize("broken", ["data: {\n\n", "data: [1]\n\n", "data: \x00\n\n"])
def test_a_stream_of_nonsense_is_left_for_asking(terminal, queue, file, broken):
    queue.on("GET", f"{AT}events/", stream([broken]))
    queue.on("GET", AT, Answer(body=submission("queued")), Answer(body=submission()))
    assert terminal.run("submit", "--wait", file.name).returncode == 0


def test_a_restart_of_the_server_in_between_is_survived(terminal, queue, file):
    looked = threading.Event()

    def look(_asked):
        looked.set()
        return Answer(body=submission("running"))

    queue.on("GET", AT, look)
    with terminal.start("submit", "--wait", "--json", file.name) as process:
        looked.wait(20)
        queue.stop()
        queue.on("GET", AT, Answer(body=submission()))
        threading.Timer(1.0, queue.start).start()
        stdout, _ = process.communicate(timeout=40)
    assert (process.returncode, json.loads(stdout)["verdict"]) == (0, "accepted")


def test_a_verdict_that_does_not_come_in_time_leaves_the_submission_in_the_queue(terminal, queue, file):
    paused = submission("paused", reason="Grading is paused: no worker runs.")
    queue.on("GET", AT, Answer(body=paused))
    said = terminal.run("submit", "--wait", "--timeout", "0.5", file.name)
    assert said.returncode == 3
    assert said.stderr.splitlines() == [
        f"The submission is kept and will be graded. Its verdict: baremath status {ID} --wait",
        "There is no verdict after 0.5 s: paused: Grading is paused: no worker runs.",
    ]


def test_a_silent_stream_does_not_outlast_the_timeout(terminal, queue, file):
    ended = threading.Event()

    def silent(_asked):
        ended.wait(30)
        return stream([""])

    queue.on("GET", f"{AT}events/", silent)
    queue.on("GET", AT, Answer(body=submission("queued", queue_position=2, estimate_s=7.4)))
    said = terminal.run("submit", "--wait", "--timeout", "1", file.name)
    ended.set()
    assert said.returncode == 3
    assert said.stderr.endswith("There is no verdict after 1 s: queued, 2 before yours, about 7 s.\n")


def test_signs_of_life_do_not_outlast_the_timeout(terminal, queue, file):
    finished = threading.Event()

    def alive():
        for _ in range(300):
            yield ": still waiting\n\n"
            time.sleep(0.05)
        finished.set()

    queue.on("GET", f"{AT}events/", stream(alive()))
    queue.on("GET", AT, Answer(body=submission("queued")))
    assert terminal.run("submit", "--wait", "--timeout", "0.5", file.name).returncode == 3
    assert not finished.is_set()


def test_a_stream_that_stays_open_after_the_verdict_is_left(terminal, queue, file):
    ended, outlasted = threading.Event(), threading.Event()

    def open_for_long():
        yield event(status="graded")
        if not ended.wait(15):
            outlasted.set()

    queue.on("GET", f"{AT}events/", stream(open_for_long()))
    queue.on("GET", AT, Answer(body=submission("queued")), Answer(body=submission()))
    assert terminal.run("submit", "--wait", file.name).returncode == 0
    ended.set()
    assert not outlasted.is_set()


def test_ctrl_c_says_that_the_submission_goes_on(terminal, queue, file):
    looked = threading.Event()

    def look(_asked):
        looked.set()
        return Answer(body=submission("queued"))

    queue.on("GET", AT, look)
    with terminal.start("submit", "--wait", file.name) as process:
        looked.wait(20)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == 130
    assert stderr.split("\n\n")[0].endswith(f"baremath status {ID} --wait")
    assert stderr.endswith("Stopped.\n")


# --- looking back ----------------------------------------------------------------------------------------------------


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
    assert terminal.run("status", ID).returncode == 1


def test_the_history_is_as_long_as_one_wants(terminal, server):
    server.on("GET", "submissions/", page(submission(), next="?cursor=a"), page(submission("queued"), submission()))
    said = terminal.run("history", "--task", "conv2d-forward", "--limit", "2")
    assert said.stdout.splitlines() == [
        "SUBMITTED (UTC)   TASK            BACKEND  VERDICT            ID",
        f"2026-01-02 03:04  conv2d-forward  numpy    accepted 10 of 10  {ID}",
        f"2026-01-02 03:04  conv2d-forward  numpy    queued             {ID}",
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


# --- free runs -------------------------------------------------------------------------------------------------------


@pytest.fixture
def runs(server):
    def end(code="accepted", **result):
        server.on("POST", "runs/", created(RUN))
        server.on("GET", f"runs/{RUN}/events/", NO_STREAM)
        body = {"id": RUN, "status": "graded", "result": {"code": code, "samples": []} | result}
        server.on("GET", f"runs/{RUN}/", Answer(body=body))

    return end


def test_a_test_shows_each_shown_case(terminal, runs, file):
    good = {
        "name": "two by three",
        "passed": True,
        "inputs": {"x": array([1])},
        "got": array([1]),
        "expected": array([1]),
    }
    bad = {"name": "one pixel", "passed": False, "inputs": {"x": array([7])}, "got": None, "expected": array([8])}
    runs("wrong_answer", samples=[good, bad | {"message": "Nothing was returned.", "prints": "seen\n"}])
    said = terminal.run("test", file.name)
    assert said.returncode == 1
    assert (
        said.stdout
        == """\
passed  two by three
  got  float64 (1, 1)
     1
  expected  float64 (1, 1)
     1
FAILED  one pixel
  Nothing was returned.
  x  float64 (1, 1)
     7
  expected  float64 (1, 1)
     8
  printed:
    seen
"""
    )


def test_one_s_own_input_is_sent_as_it_was_written(terminal, server, runs, file):
    runs("returned", outputs={"": array([2.5])}, note="This is no tuple.", samples=None)
    said = terminal.run("test", file.name, "--input", "x=[[1, 2]]", "--input", "stride = 2")
    assert said.stdout == "  returned  float64 (1, 1)\n     2.5\nThis is no tuple.\n"
    assert said.returncode == 0
    assert server.bodies("POST", "runs/")[0]["inputs"] == {"x": "[[1, 2]]", "stride": " 2"}


@pytest.mark.parametrize("given", [["x"], ["=1"], ["a b=1"], ["x=1", "x=2"]])
def test_an_input_that_is_none_is_a_sentence(terminal, server, file, given):
    said = terminal.run("test", file.name, *(part for each in given for part in ("--input", each)))
    assert (said.returncode, server.asked) == (2, [])
