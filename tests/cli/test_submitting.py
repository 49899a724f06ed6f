import json

import pytest

from tests.cli.conftest import SOURCE, result_of
from tests.cli.server import AT, ID, Answer, created, page, problem, submission, task


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
